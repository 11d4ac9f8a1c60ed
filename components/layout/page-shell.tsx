import type { ReactNode } from "react";
import { MainContent } from "#components/layout/main-content.tsx";
import { SkipLink } from "#components/layout/skip-link.tsx";
import { ThemeSwitch } from "#components/layout/theme-switch.tsx";

type PageShellProps = {
  /** The content of the top bar: whose page it is, and the navigation. */
  header: ReactNode;
  /** One line at the bottom that says whose page this is not. */
  disclaimer: string;
  children: ReactNode;
};

const COLUMN = "mx-auto flex w-full max-w-page flex-wrap items-center justify-between gap-x-4";

/** Lays out every page of Connect below a top bar. */
export function PageShell({ header, disclaimer, children }: PageShellProps) {
  return (
    <div className="flex min-h-dvh flex-col px-4 sm:px-6 print:block print:min-h-0 print:px-0">
      <SkipLink />
      <header className="-mx-4 border-b border-border bg-surface px-4 sm:-mx-6 sm:px-6 print:hidden">
        <div className={`${COLUMN} min-h-16`}>{header}</div>
      </header>
      <MainContent>{children}</MainContent>
      <footer className={`${COLUMN} gap-y-2 border-t border-border py-3 text-sm text-ink-subtle`}>
        <p>{disclaimer}</p>
        <ThemeSwitch />
      </footer>
    </div>
  );
}
