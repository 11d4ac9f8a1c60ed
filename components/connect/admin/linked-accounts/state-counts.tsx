import { SHOWN_STATES, STATE_LABELS, type ShownState } from "#lib/connect/linked-accounts/state-constants.ts";

type Count = { amount: number; isAtLeast: boolean };
type StateCountsProps = { counts: Record<ShownState, Count>; current: ShownState | null; /** The address of the list with that state, or with any. */ hrefOf: (state: ShownState | null) => string };

const NUMBER = new Intl.NumberFormat("en");

/** How many linked accounts are in each state, all of them first; each number leads to its accounts. */
export function StateCounts({ counts, current, hrefOf }: StateCountsProps) {
  const all = { amount: SHOWN_STATES.reduce((sum, state) => sum + counts[state].amount, 0), isAtLeast: false };
  return (
    <nav aria-label="States">
      <ul className="grid grid-cols-2 gap-px overflow-clip rounded-plate border border-border bg-border sm:grid-cols-3 lg:grid-cols-6">
        <Tile word="All" count={all} href={hrefOf(null)} isCurrent={current === null} />
        {SHOWN_STATES.map((state) => (
          <Tile key={state} word={STATE_LABELS[state]} count={counts[state]} href={hrefOf(state)} isCurrent={current === state} />
        ))}
      </ul>
    </nav>
  );
}

function Tile({ word, count, href, isCurrent }: { word: string; count: Count; href: string; isCurrent: boolean }) {
  return (
    <li className="bg-surface">
      <a
        href={href}
        aria-current={isCurrent ? "true" : undefined}
        className="flex h-full flex-col border-b-3 border-transparent px-4 pt-3 pb-2 no-underline transition-colors -outline-offset-2 hover:bg-sunken aria-[current=true]:border-info"
      >
        <span className="text-sm text-ink-muted">{word}</span>{" "}
        <span className="text-lg tabular-nums">{NUMBER.format(count.amount)}{count.isAtLeast && "+"}</span>
      </a>
    </li>
  );
}
