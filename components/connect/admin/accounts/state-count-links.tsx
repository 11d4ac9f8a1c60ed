import { SHOWN_STATES, STATE_LABELS, type ShownState } from "#lib/connect/linked-accounts/state-constants.ts";

type Count = { amount: number; isExact: boolean; isAtLeast: boolean };
type StateCountsProps = {
  counts: Record<ShownState, Count>;
  /** The count of all states together. */
  all: Count;
  /** Says which accounts the counts are of. */
  word: string;
  current: ShownState | null;
  /** Returns the list's address for that state, or for all states. */
  hrefOf: (state: ShownState | null) => string;
};

const NUMBER = new Intl.NumberFormat("en");

/**
 * Shows how many matching linked accounts are in each state, after their total. Each number links to its
 * accounts.
 */
export function StateCountLinks({ counts, all, word, current, hrefOf }: StateCountsProps) {
  return (
    <nav aria-label="States">
      <ul className="grid grid-cols-2 gap-px overflow-clip rounded-plate border border-border bg-border sm:grid-cols-3 lg:grid-cols-[repeat(6,auto)]">
        <Tile word={word} count={all} href={hrefOf(null)} isCurrent={current === null} />
        {SHOWN_STATES.map((state) => (
          <Tile
            key={state}
            word={STATE_LABELS[state]}
            count={counts[state]}
            href={hrefOf(state)}
            isCurrent={current === state}
          />
        ))}
      </ul>
    </nav>
  );
}

function Tile({
  word,
  count,
  href,
  isCurrent,
}: {
  word: string;
  count: Count;
  href: string;
  isCurrent: boolean;
}) {
  return (
    <li className="bg-surface">
      <a
        href={href}
        aria-current={isCurrent ? "true" : undefined}
        className="flex h-full flex-col px-4 pt-2.5 pb-2.5 no-underline -outline-offset-2 transition-colors hover:bg-sunken aria-[current=true]:border-b-2 aria-[current=true]:border-info aria-[current=true]:pb-2"
      >
        <span className="text-sm text-ink-muted">{word}</span>{" "}
        <span className="text-md tabular-nums">
          {!count.isExact && !count.isAtLeast && <span className="text-sm text-ink-muted">about </span>}
          {NUMBER.format(count.amount)}
          {count.isAtLeast && "+"}
        </span>
      </a>
    </li>
  );
}
