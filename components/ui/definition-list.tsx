import type { ReactNode } from "react";

/**
 * Shows each term next to its value, or above it on a small screen. Fills a plate without padding from edge
 * to edge.
 */
export function DefinitionList({ rows }: { rows: { term: string; value: ReactNode }[] }) {
  return (
    <dl className="divide-y divide-border">
      {rows.map(({ term, value }) => (
        <div key={term} className="grid grid-cols-1 gap-x-5 px-5 py-3.5 sm:grid-cols-[160px_1fr]">
          <dt className="text-ink-muted">{term}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
