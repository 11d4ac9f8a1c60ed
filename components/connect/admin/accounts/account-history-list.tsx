import { RelativeTime } from "#components/ui/relative-time.tsx";

type Entry = {
  id: string;
  at: Date;
  what: string;
  by: string;
  sentence: string | null;
  quote: string | null;
  since: Date | null;
};

type HistoryListProps = {
  /** The id of the list's heading. */
  labelledBy: string;
  entries: Entry[];
  now: Date;
  /** Links to the newest and the next older page. */
  newest: string | null;
  older: string | null;
};

/** Lists what happened to a linked account and who caused it, newest first. */
export function AccountHistoryList({ labelledBy, entries, now, newest, older }: HistoryListProps) {
  return (
    <>
      {entries.length === 0 && (
        <p className="px-5 pb-4 text-ink-muted">
          {newest ? "There is nothing older." : "Nothing is recorded yet."}
        </p>
      )}
      <ol aria-labelledby={labelledBy} className="divide-y divide-border border-t border-border empty:hidden">
        {entries.map(({ id, at, what, by, sentence, quote, since }) => (
          <li key={id} className="grid grid-cols-1 gap-x-5 px-5 py-3.5 sm:grid-cols-[1fr_auto]">
            <div className="min-w-0">
              <p className="wrap-anywhere">
                <span className="font-medium">{what}</span>{" "}
                <span className="ml-1 text-ink-muted">·&ensp;{by}</span>
              </p>
              {sentence && <p className="max-w-text text-sm wrap-anywhere text-ink-muted">{sentence}</p>}
              {quote && (
                <p className="max-w-text text-sm wrap-anywhere whitespace-pre-line text-ink-muted">
                  “{quote}”
                </p>
              )}
            </div>
            <p className="text-sm text-ink-muted sm:text-right">
              <RelativeTime at={at} now={now} />
              {since && (
                <span className="block">
                  the first <RelativeTime at={since} now={now} />
                </span>
              )}
            </p>
          </li>
        ))}
      </ol>
      {(newest ?? older) && (
        <nav
          aria-label="Pages of the history"
          className="flex flex-wrap gap-x-6 border-t border-border px-5 py-2"
        >
          {newest && (
            <a className="flex min-h-11 items-center" href={newest}>
              Newest
            </a>
          )}
          {older && (
            <a className="flex min-h-11 items-center" href={older}>
              Older
            </a>
          )}
        </nav>
      )}
    </>
  );
}
