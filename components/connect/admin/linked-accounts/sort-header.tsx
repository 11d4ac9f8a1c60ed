import type { Direction, Sort } from "#lib/connect/admin/linked-accounts/list/list-schema.ts";

type SortHeaderProps = {
  word: string;
  title?: string;
  sort: Sort;
  current: { sort: Sort; direction: Direction };
  hrefOf: (sort: Sort, direction: Direction) => string;
};

/** Where a column is sorted for the first time: words from A, and what is counted or dated from the most. */
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
 * The head of a column: a link that sorts by it, and turns the order round where it is sorted by it already.
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
