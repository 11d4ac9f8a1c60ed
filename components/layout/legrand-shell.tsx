import type { ReactNode } from "react";
import { MainContent } from "#components/layout/main-content.tsx";
import { SkipLink } from "#components/layout/skip-link.tsx";
import { ThemeSwitch } from "#components/layout/theme-switch.tsx";
import { Icon } from "#components/ui/icon.tsx";
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

const MENU_ID = "menu";

/**
 * Lays out the developer portal and the pages of a Legrand account. Red marks the Legrand side. The navigation
 * is beside the page in a wide window. In a narrow one it is a popover, which the browser opens without a
 * script; a browser without popovers shows it below the bar.
 */
export function LegrandShell({ signedIn, current, hasMail, children }: LegrandShellProps) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[232px_minmax(0,1fr)] print:block print:min-h-0">
      <SkipLink />
      <header className="border-b border-border bg-surface lg:border-r lg:border-b-0 print:hidden">
        <div className="lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:overflow-y-auto">
          <div className="flex min-h-16 items-center justify-between gap-4 px-4 sm:px-6 lg:mt-1.5 lg:px-5">
            <a
              href={signedIn ? "/legrand/applications" : "/legrand"}
              className="flex min-h-11 items-center gap-2.5 text-md no-underline"
            >
              <Mark party="legrand" className="size-6" />
              Legrand sandbox
            </a>
            <MenuButton />
          </div>
          <div
            id={MENU_ID}
            popover="auto"
            className="w-full border-border bg-surface p-3 text-ink max-lg:absolute max-lg:inset-auto max-lg:top-16 max-lg:right-0 max-lg:border-b max-lg:shadow-plate max-lg:sm:right-4 max-lg:sm:w-80 max-lg:sm:rounded-plate max-lg:sm:border lg:static lg:flex lg:flex-1 lg:flex-col lg:justify-between lg:gap-6 lg:p-4 lg:pt-1"
          >
            <Places signedIn={signedIn !== null} current={current} hasMail={hasMail} />
            <div className="border-t border-border pt-3 max-lg:mt-3">
              {signedIn ? <SignOut name={signedIn.name} /> : <SignIn />}
            </div>
          </div>
        </div>
      </header>
      <div className="flex min-w-0 flex-col px-4 max-lg:min-h-[calc(100dvh-65px)] sm:px-6 print:block print:min-h-0 print:px-0">
        <MainContent>{children}</MainContent>
        <footer className="mx-auto flex w-full max-w-page flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-border py-4 text-sm text-ink-subtle">
          <p>Legrand sandbox · not the real cloud, and not affiliated with Legrand.</p>
          <ThemeSwitch />
        </footer>
      </div>
    </div>
  );
}

function MenuButton() {
  return (
    <button
      type="button"
      popoverTarget={MENU_ID}
      className="flex min-h-11 cursor-pointer items-center gap-2 rounded-control border border-border-strong px-3 text-sm font-semibold transition-colors hover:bg-sunken lg:hidden"
    >
      <Icon name="menu" className="size-4" />
      Menu
    </button>
  );
}

const PLACE =
  "flex min-h-9 items-center rounded-control px-3 font-medium text-ink-muted no-underline transition-colors " +
  "hover:bg-sunken hover:text-ink max-lg:min-h-11 pointer-coarse:min-h-11 " +
  // The edge of the current place is a border, so that it stays visible with forced colours.
  "border-l-3 border-transparent aria-[current=page]:border-brand aria-[current=page]:bg-sunken aria-[current=page]:text-ink";

type PlacesProps = Pick<LegrandShellProps, "current" | "hasMail"> & { signedIn: boolean };

function Places({ signedIn, current, hasMail }: PlacesProps) {
  const places = [...PLACES.filter(({ isPublic }) => signedIn || isPublic), ...(hasMail ? [MAIL] : [])];
  return (
    <nav aria-label="Main">
      <ul className="grid gap-0.5">
        {places.map(({ place, href, word }) => (
          <li key={place}>
            <a href={href} aria-current={current === place ? "page" : undefined} className={PLACE}>
              {word}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const LAST = "flex min-h-9 w-full cursor-pointer items-center rounded-control px-3.5 text-sm font-semibold";

function SignOut({ name }: { name: string }) {
  return (
    <form method="post" action="/legrand/sign-out">
      <p className="truncate px-3.5 text-sm text-ink-muted">{name}</p>
      <button
        className={`${LAST} text-ink transition-colors hover:bg-sunken max-lg:min-h-11 pointer-coarse:min-h-11`}
      >
        Sign out
      </button>
    </form>
  );
}

function SignIn() {
  return (
    <a
      href="/legrand/sign-in"
      className={`${LAST} no-underline hover:bg-sunken max-lg:min-h-11 pointer-coarse:min-h-11`}
    >
      Sign in
    </a>
  );
}
