import type { ReactNode } from "react";

/** The content of a page, to which the skip link leads. Portal, account and administration have one width. */
export function MainContent({ children }: { children: ReactNode }) {
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto flex w-full max-w-page flex-1 flex-col py-6 outline-none"
    >
      {children}
    </main>
  );
}
