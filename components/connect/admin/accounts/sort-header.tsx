import type { Direction, Sort } from "#lib/connect/admin/accounts/list-schema.ts";

type SortHeaderProps = {
  word: string;
  title?: string;
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
 * column.
 */
export function SortHeader({ word, title, sort, current, hrefOf }: SortHeaderProps) {
  const isCurrent = current.sort === sort;
  const next = isCurrent ? (current.direction === "ascending" ? "descending" : "ascending") : FIRST[sort];
  return (
    <th
      scope="col"
      aria-sort={isCurrent ? current.direction : undefined}
      className="px-3 py-1 text-left align-bottom text-sm font-medium whitespace-nowrap"
    >
      <a
        href={hrefOf(sort, next)}
        title={title}
        className={`inline-flex min-h-9 items-center gap-1 no-underline hover:underline pointer-coarse:min-h-11 ${isCurrent ? "text-ink" : "text-ink-muted"}`}
      >
        {word}
        <span aria-hidden="true" className="w-3">
          {isCurrent && (current.direction === "ascending" ? "↑" : "↓")}
        </span>
      </a>
    </th>
  );
}
