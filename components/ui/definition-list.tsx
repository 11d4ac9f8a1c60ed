import type { ReactNode } from "react";

/** Term beside value, term above value on a small screen. Lies edge to edge in a plate without padding. */
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
