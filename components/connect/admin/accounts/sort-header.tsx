import type { Direction, Sort } from "#lib/connect/admin/accounts/list-schema.ts";

type SortHeaderProps = {
  word: string;
  title?: string;
  className?: string;
  sort: Sort;
  current: { sort: Sort; direction: Direction };
  hrefOf: (sort: Sort, direction: Direction) => string;
};

/** The first direction of each column: words from A, counts and most dates from the highest. */
const FIRST: Record<Sort, Direction> = {
  person: "ascending",
  email: "ascending",
  legrand_id: "ascending",
  state: "ascending",
  scopes: "descending",
  connected: "descending",
  refreshed: "descending",
  access_ends: "ascending",
};

/**
 * Shows a column header as a link that sorts by the column, or reverses the order if it is already the sort
 * column. Below 640 px it is only a name for screen readers, because a link has to be visible when it has the
 * focus: the form above sorts.
 */
export function SortHeader({ word, title, className = "", sort, current, hrefOf }: SortHeaderProps) {
  const isCurrent = current.sort === sort;
  const next = isCurrent ? (current.direction === "ascending" ? "descending" : "ascending") : FIRST[sort];
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={isCurrent ? current.direction : undefined}
      className={`text-left font-medium whitespace-nowrap max-sm:sr-only sm:px-2 sm:first:pl-4 sm:last:pr-4 ${className}`}
    >
      <a
        href={hrefOf(sort, next)}
        title={title}
        className={`hidden min-h-10 items-center gap-1 no-underline hover:underline sm:inline-flex pointer-coarse:min-h-11 ${isCurrent ? "text-ink" : "text-ink-muted"}`}
      >
        {word}
        {isCurrent && <span aria-hidden="true">{current.direction === "ascending" ? "↑" : "↓"}</span>}
      </a>
      <span className="sm:hidden">{word}</span>
    </th>
  );
}
