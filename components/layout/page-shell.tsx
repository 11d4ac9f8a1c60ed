import type { ReactNode } from "react";
import { SkipLink } from "#components/layout/skip-link.tsx";
import { ThemeSwitch } from "#components/layout/theme-switch.tsx";

type PageShellProps = {
  /** Within the bar at the top: whose page it is, and where one can go. */
  header: ReactNode;
  /** Whose page this is not, in one line at the bottom. */
  disclaimer: string;
  /** For tables of many columns. */
  isWide?: boolean;
  children: ReactNode;
};

const COLUMN = "mx-auto flex w-full flex-wrap items-center justify-between gap-x-4";

/** What surrounds every page of either party but the bare ones. */
export function PageShell({ header, disclaimer, isWide = false, children }: PageShellProps) {
  const width = isWide ? "max-w-wide" : "max-w-page";
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-6">
      <SkipLink />
      <header className="-mx-4 border-b border-border bg-surface px-4 sm:-mx-6 sm:px-6">
        <div className={`${COLUMN} ${width} min-h-16`}>{header}</div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={`mx-auto flex w-full ${width} flex-1 flex-col py-8 outline-none`}
      >
        {children}
      </main>
      <footer className={`${COLUMN} ${width} gap-y-2 border-t border-border py-4 text-sm text-ink-subtle`}>
        <p>{disclaimer}</p>
        <ThemeSwitch />
      </footer>
    </div>
  );
}
