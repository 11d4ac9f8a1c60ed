import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { BulkRevocation } from "#lib/connect/admin/actions/bulk-revocation.ts";
import type { BulkProgress } from "#lib/connect/admin/actions/describe-progress.ts";

type BulkListProps = { rows: { bulk: BulkRevocation; progress: BulkProgress }[]; now: Date };

/** Lists bulk revocations, newest first, each with a link to its page. */
export function BulkList({ rows, now }: BulkListProps) {
  return (
    <Plate>
      <ul aria-label="Bulk revocations" className="divide-y divide-border">
        {rows.map(({ bulk, progress }) => (
          <li
            key={bulk.id}
            className="grid grid-cols-1 items-center gap-x-6 gap-y-1.5 px-5 py-4 sm:grid-cols-[1fr_12rem_11rem]"
          >
            <div className="min-w-0 wrap-anywhere">
              <a
                href={`/admin/bulk-revocations/${bulk.id}`}
                className="inline-block font-medium first-letter:uppercase"
              >
                {bulk.selection}
              </a>
              <p className="text-sm text-ink-muted">
                <RelativeTime at={bulk.createdAt} now={now} />, by {bulk.actor}
              </p>
            </div>
            <div className="text-sm text-ink-muted tabular-nums">
              <progress
                className="h-2 w-full"
                aria-label={`Progress of ${bulk.selection}`}
                value={progress.done}
                max={Math.max(1, bulk.total)}
              />
              {progress.done.toLocaleString("en")} of {bulk.total.toLocaleString("en")}
              {bulk.failed > 0 && `, ${bulk.failed.toLocaleString("en")} failed`}
            </div>
            <Status tone={progress.tone}>{progress.word}</Status>
          </li>
        ))}
      </ul>
    </Plate>
  );
}
