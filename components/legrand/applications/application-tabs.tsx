import type { ApplicationTab } from "#lib/legrand/applications/application-path.ts";

const TABS: { tab: ApplicationTab; path: string; word: string }[] = [
  { tab: "overview", path: "", word: "Overview" },
  { tab: "credentials", path: "/credentials", word: "Credentials" },
  { tab: "reply-urls-and-scopes", path: "/reply-urls-and-scopes", word: "Reply URLs and scopes" },
  { tab: "access", path: "/access", word: "Access" },
  { tab: "attempts", path: "/attempts", word: "Attempts" },
  { tab: "settings", path: "/settings", word: "Settings" },
];

// The underline is as wide as the word. The padding keeps the outline of the focus away from the letters.
const TAB =
  "relative -mx-1 flex min-h-11 items-center px-1 font-medium text-ink-muted no-underline -outline-offset-2! transition-colors " +
  "hover:text-ink aria-[current]:text-ink max-sm:text-sm " +
  "after:absolute after:inset-x-1 after:bottom-0 after:border-b-2 after:border-transparent aria-[current]:after:border-brand";

type ApplicationTabsProps = {
  clientId: string;
  current: ApplicationTab;
  /** True on the tab's own page; false on a page that belongs to the tab, such as an editor. */
  isPage: boolean;
};

/** Leads to the pages of an application. On a phone the row scrolls, and begins at the current tab. */
export function ApplicationTabs({ clientId, current, isPage }: ApplicationTabsProps) {
  return (
    // The line is as wide as the page. The row within it has room for the outline of its first link.
    <div className="border-b border-border max-sm:-mx-4">
      <nav aria-label="Application" className="scroll-px-4 overflow-x-auto sm:-mx-1">
        <ul className="flex w-max gap-4 px-4 sm:gap-6 sm:px-1">
          {TABS.map(({ tab, path, word }) => (
            <li key={tab} className={`flex-none ${tab === current ? "[scroll-initial-target:nearest]" : ""}`}>
              <a
                href={`/legrand/applications/${clientId}${path}`}
                aria-current={tab === current ? (isPage ? "page" : "true") : undefined}
                className={TAB}
              >
                {word}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
