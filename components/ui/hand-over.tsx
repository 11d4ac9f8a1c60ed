import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { Mark } from "#components/ui/mark.tsx";

/** Shows that the next step leads from Connect to Legrand. It is decorative: a sentence beside it says so. */
export function HandOverMarks({ className = "" }: { className?: string }) {
  return (
    <span aria-hidden="true" className={`flex flex-none items-center gap-1 print:hidden ${className}`}>
      <Mark party="connect" className="size-6" />
      <Icon name="arrow" className="size-4 text-ink-subtle" />
      <Mark party="legrand" className="size-6" />
    </span>
  );
}

/** Announces that a button leads to Legrand: the two marks, and the sentence. */
export function HandOver({ children, className = "" }: { children: ReactNode; className?: string }) {
  return (
    <p className={`flex items-center gap-3 text-sm text-ink-muted print:hidden ${className}`}>
      <HandOverMarks />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
