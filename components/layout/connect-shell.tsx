import type { ReactNode } from "react";
import { PageShell } from "#components/layout/page-shell.tsx";
import { Mark } from "#components/ui/mark.tsx";

type ConnectShellProps = {
  signedIn: { name: string | null } | null;
  current?: "home" | "account";
  /** A form with the button "Sign out". */
  signOut?: ReactNode;
  children: ReactNode;
};

export function ConnectShell({ signedIn, current, signOut, children }: ConnectShellProps) {
  return (
    <PageShell
      disclaimer="Legrand Connect is an independent sandbox; it is not affiliated with Legrand."
      header={
        <>
          <a href="/" aria-current={current === "home" ? "page" : undefined} className="flex min-h-11 items-center gap-2.5 text-md no-underline">
            <Mark party="connect" className="size-6" />
            Connect
          </a>
          {signedIn && <Navigation current={current} signOut={signOut} />}
        </>
      }
    >
      {children}
    </PageShell>
  );
}

function Navigation({ current, signOut }: Pick<ConnectShellProps, "current" | "signOut">) {
  return (
    <div className="flex items-center gap-2 sm:gap-4">
      <nav aria-label="Main">
        <a
          href="/account"
          aria-current={current === "account" ? "page" : undefined}
          className="flex min-h-16 items-center border-b-3 border-transparent px-2 pt-[3px] font-medium text-ink-muted no-underline transition-colors hover:text-ink aria-[current=page]:border-info aria-[current=page]:text-ink"
        >
          My account
        </a>
      </nav>
      {signOut}
    </div>
  );
}
