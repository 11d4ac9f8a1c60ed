import type { ApplicationTab } from "#lib/legrand/applications/application-path.ts";

const TABS: { tab: ApplicationTab; path: string; word: string }[] = [
  { tab: "overview", path: "", word: "Overview" },
  { tab: "credentials", path: "/credentials", word: "Credentials" },
  { tab: "reply-urls-and-scopes", path: "/reply-urls-and-scopes", word: "Reply URLs and scopes" },
  { tab: "access", path: "/access", word: "Access" },
  { tab: "settings", path: "/settings", word: "Settings" },
];

type ApplicationTabsProps = {
  clientId: string;
  current: ApplicationTab;
  /** True on the tab's own page; false on a page that belongs to the tab, such as an editor. */
  isPage: boolean;
};

/** Leads to the pages of an application. On a phone the row scrolls, and begins at the current tab. */
export function ApplicationTabs({ clientId, current, isPage }: ApplicationTabsProps) {
  return (
    <nav aria-label="Application" className="scroll-px-4 overflow-x-auto border-b border-border max-sm:-mx-4">
      <ul className="flex w-max gap-4 max-sm:px-4 sm:gap-6">
        {TABS.map(({ tab, path, word }) => (
          <li key={tab} className={`flex-none ${tab === current ? "[scroll-initial-target:nearest]" : ""}`}>
            <a
              href={`/legrand/applications/${clientId}${path}`}
              aria-current={tab === current ? (isPage ? "page" : "true") : undefined}
              className="flex min-h-11 items-center border-b-2 border-transparent pt-0.5 font-medium text-ink-muted no-underline outline-offset-[-2px]! transition-colors hover:text-ink aria-[current]:border-brand aria-[current]:text-ink max-sm:text-sm"
            >
              {word}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
