import type { ReactNode } from "react";
import { SkipLink } from "#components/layout/skip-link.tsx";
import { ThemeSwitch } from "#components/layout/theme-switch.tsx";
import { Mark } from "#components/ui/mark.tsx";

type ConnectShellProps = {
  signedIn: { name: string | null } | null;
  current?: "home" | "account";
  /** A form with the button "Sign out". */
  signOut?: ReactNode;
  children: ReactNode;
};

const COLUMN = "mx-auto flex w-full max-w-page flex-wrap items-center justify-between gap-x-4";

export function ConnectShell({ signedIn, current, signOut, children }: ConnectShellProps) {
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-6">
      <SkipLink />
      <header className="-mx-4 border-b border-border bg-surface px-4 sm:-mx-6 sm:px-6">
        <div className={`${COLUMN} min-h-16`}>
          <a href="/" aria-current={current === "home" ? "page" : undefined} className="flex min-h-11 items-center gap-2.5 text-md no-underline">
            <Mark party="connect" className="size-6" />
            Connect
          </a>
          {signedIn && <Navigation current={current} signOut={signOut} />}
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto flex w-full max-w-page flex-1 flex-col py-8 outline-none">
        {children}
      </main>
      <footer className={`${COLUMN} gap-y-2 border-t border-border py-4 text-sm text-ink-subtle`}>
        <p>Legrand Connect is an independent sandbox; it is not affiliated with Legrand.</p>
        <ThemeSwitch />
      </footer>
    </div>
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
