import { AuditEntryRow } from "#components/connect/admin/audit/audit-entry-row.tsx";
import { Plate } from "#components/ui/plate.tsx";
import type { DescribedAuditEntry } from "#lib/connect/admin/audit/describe-audit-entry.ts";

const COLUMNS = ["When", "Who", "What", "To whom", "Outcome", "Details", "From, request"];

/** Shows a page of the audit log. The table scrolls by itself if it is wider than the window. */
export function AuditTable({ entries, now }: { entries: DescribedAuditEntry[]; now: Date }) {
  return (
    <Plate className="overflow-clip">
      <div
        role="region"
        aria-labelledby="audit-caption"
        tabIndex={0}
        className="overflow-x-auto -outline-offset-2"
      >
        <table className="w-full text-sm">
          <caption id="audit-caption" className="sr-only">
            Audit log, newest first
          </caption>
          <thead className="border-b border-border bg-sunken text-ink-muted">
            <tr>
              {COLUMNS.map((word) => (
                <th
                  key={word}
                  scope="col"
                  className="px-3 py-2.5 text-left font-medium whitespace-nowrap first:pl-5 last:pr-5"
                >
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-border">
            {entries.map((entry) => (
              <AuditEntryRow key={entry.id} entry={entry} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </Plate>
  );
}
