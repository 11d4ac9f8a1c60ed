import type { ReactNode } from "react";
import { SkipLink } from "#components/layout/skip-link.tsx";
import { ThemeSwitch } from "#components/layout/theme-switch.tsx";
import { Mark } from "#components/ui/mark.tsx";

export type LegrandPlace = "applications" | "subscriptions" | "account" | "mail";

type LegrandShellProps = {
  signedIn: { name: string } | null;
  current?: LegrandPlace;
  /** Whether the mail that the sandbox wrote can be read here. */
  hasMail?: boolean;
  children: ReactNode;
};

const COLUMN = "mx-auto flex w-full max-w-page flex-wrap items-center justify-between gap-x-4";

const PLACES: { place: LegrandPlace; href: string; word: string }[] = [
  { place: "applications", href: "/legrand/applications", word: "My Applications" },
  { place: "subscriptions", href: "/legrand/subscriptions", word: "Subscriptions" },
  { place: "account", href: "/legrand/account", word: "Account" },
];

const MAIL = { place: "mail", href: "/legrand/mail", word: "Mail" } as const;

/** The developer portal and the pages of a Legrand account: red is the Legrand side. */
export function LegrandShell({ signedIn, current, hasMail, children }: LegrandShellProps) {
  const places = [...(signedIn ? PLACES : []), ...(hasMail ? [MAIL] : [])];
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-6">
      <SkipLink />
      <header className="-mx-4 border-b border-border bg-surface px-4 sm:-mx-6 sm:px-6">
        <div className={`${COLUMN} min-h-16`}>
          <a href="/legrand/applications" className="flex min-h-11 items-center gap-2.5 text-md no-underline">
            <Mark party="legrand" className="size-6" />
            Legrand sandbox
          </a>
          {signedIn ? <SignOut name={signedIn.name} /> : <a href="/legrand/sign-in" className="flex min-h-11 items-center text-sm font-semibold">Sign in</a>}
          <nav aria-label="Main" className="-mx-1.5 flex w-full flex-wrap sm:-mx-2">
            {places.map(({ place, href, word }) => (
              <a
                key={place}
                href={href}
                aria-current={current === place ? "page" : undefined}
                className="flex min-h-11 items-center border-b-3 border-transparent px-1.5 pt-[3px] text-sm font-medium text-ink-muted no-underline transition-colors hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink sm:px-2 sm:text-base"
              >
                {word}
              </a>
            ))}
          </nav>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto flex w-full max-w-page flex-1 flex-col py-8 outline-none">
        {children}
      </main>
      <footer className={`${COLUMN} gap-y-2 border-t border-border py-4 text-sm text-ink-subtle`}>
        <p>Legrand sandbox · not the real cloud, and not affiliated with Legrand.</p>
        <ThemeSwitch />
      </footer>
    </div>
  );
}

function SignOut({ name }: { name: string }) {
  return (
    <form method="post" action="/legrand/sign-out" className="flex items-center gap-2 text-sm text-ink-muted">
      <span className="max-w-40 truncate sm:max-w-64">{name}</span>
      <button className="min-h-11 cursor-pointer px-2 font-semibold text-ink underline underline-offset-3">Sign out</button>
    </form>
  );
}
