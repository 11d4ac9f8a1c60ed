import type { ReactNode } from "react";
import { PageShell } from "#components/layout/page-shell.tsx";
import { Mark } from "#components/ui/mark.tsx";

export type LegrandPlace =
  "applications" | "subscriptions" | "apis" | "third-party-access" | "account" | "mail";

type LegrandShellProps = {
  signedIn: { name: string } | null;
  current?: LegrandPlace;
  /** True if the sandbox's mail can be read here. */
  hasMail?: boolean;
  children: ReactNode;
};

/** `isPublic` means visible without signing in, such as documentation. */
const PLACES: { place: LegrandPlace; href: string; word: string; isPublic?: true }[] = [
  { place: "applications", href: "/legrand/applications", word: "My Applications" },
  { place: "subscriptions", href: "/legrand/subscriptions", word: "Subscriptions" },
  { place: "apis", href: "/legrand/apis", word: "APIs", isPublic: true },
  { place: "third-party-access", href: "/legrand/third-party-access", word: "Third-party access" },
  { place: "account", href: "/legrand/account", word: "Account" },
];

const MAIL = { place: "mail", href: "/legrand/mail", word: "Mail" } as const;

/** Lays out the developer portal and the pages of a Legrand account. Red marks the Legrand side. */
export function LegrandShell({ signedIn, current, hasMail, children }: LegrandShellProps) {
  const places = [...PLACES.filter(({ isPublic }) => signedIn || isPublic), ...(hasMail ? [MAIL] : [])];
  return (
    <PageShell
      disclaimer="Legrand sandbox · not the real cloud, and not affiliated with Legrand."
      header={
        <>
          <a href="/legrand/applications" className="flex min-h-11 items-center gap-2.5 text-md no-underline">
            <Mark party="legrand" className="size-6" />
            Legrand sandbox
          </a>
          {signedIn ? (
            <SignOut name={signedIn.name} />
          ) : (
            <a href="/legrand/sign-in" className="flex min-h-11 items-center text-sm font-semibold">
              Sign in
            </a>
          )}
          {/* On a phone, all six items are in two rows of three columns, so that none is hidden or folded
              away. */}
          <nav
            aria-label="Main"
            className={`-mx-2 w-full ${places.length > 3 ? "grid grid-cols-[repeat(3,auto)] justify-between pb-1 sm:flex sm:justify-start sm:pb-0" : "flex"}`}
          >
            {places.map(({ place, href, word }) => (
              <a
                key={place}
                href={href}
                aria-current={current === place ? "page" : undefined}
                className="flex min-h-11 items-center justify-self-start border-b-3 border-transparent px-2 pt-[3px] text-sm font-medium text-ink-muted no-underline transition-colors hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink sm:text-base"
              >
                {word}
              </a>
            ))}
          </nav>
        </>
      }
    >
      {children}
    </PageShell>
  );
}

function SignOut({ name }: { name: string }) {
  return (
    <form method="post" action="/legrand/sign-out" className="flex items-center gap-2 text-sm text-ink-muted">
      <span className="max-w-40 truncate sm:max-w-64">{name}</span>
      <button className="min-h-11 cursor-pointer px-2 font-semibold text-ink underline underline-offset-3">
        Sign out
      </button>
    </form>
  );
}
