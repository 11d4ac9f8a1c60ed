import type { ReactNode } from "react";
import { PageShell } from "#components/layout/page-shell.tsx";
import { Mark } from "#components/ui/mark.tsx";

type ConnectShellProps = {
  signedIn: { admin: object | null } | null;
  current?: "home" | "account" | "admin";
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
          <a
            href="/"
            aria-current={current === "home" ? "page" : undefined}
            className="flex min-h-11 items-center gap-2.5 text-md no-underline"
          >
            <Mark party="connect" className="size-6" />
            {/* On a phone, the mark replaces the word if the navigation has three items. */}
            <span className={signedIn?.admin ? "max-sm:sr-only" : ""}>Connect</span>
          </a>
          {signedIn && <Navigation current={current} isAdmin={signedIn.admin !== null} signOut={signOut} />}
        </>
      }
    >
      {children}
    </PageShell>
  );
}

function Navigation({
  current,
  isAdmin,
  signOut,
}: Pick<ConnectShellProps, "current" | "signOut"> & { isAdmin: boolean }) {
  return (
    <div className="flex items-center gap-1.5 sm:gap-4">
      <nav aria-label="Main" className="flex gap-1.5 sm:gap-4">
        <Place href="/account" isCurrent={current === "account"}>
          My account
        </Place>
        {isAdmin && (
          <Place href="/admin" isCurrent={current === "admin"}>
            Administration
          </Place>
        )}
      </nav>
      {signOut}
    </div>
  );
}

function Place({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: string }) {
  return (
    <a
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className="flex min-h-16 items-center border-b-3 border-transparent px-1.5 pt-[3px] font-medium whitespace-nowrap text-ink-muted no-underline transition-colors hover:text-ink aria-[current=page]:border-info aria-[current=page]:text-ink max-sm:text-sm sm:px-2"
    >
      {children}
    </a>
  );
}
