import type { ReactNode } from "react";

type InteractionShellProps = {
  /** Whose page this is, in one line. */
  footer?: string;
  children: ReactNode;
};

/** Bare on purpose: a person who signs in or decides finds nothing else to click. */
export function InteractionShell({
  footer = "Legrand sandbox · not the real cloud",
  children,
}: InteractionShellProps) {
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,27.5rem)] grid-rows-[1fr_auto] justify-center gap-6 p-4">
      <main className="self-center sm:py-4">{children}</main>
      <footer className="text-center text-sm text-ink-subtle">{footer}</footer>
    </div>
  );
}
