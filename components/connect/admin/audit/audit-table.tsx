import { AuditEntryRow } from "#components/connect/admin/audit/audit-entry-row.tsx";
import { ColumnHead, RowTable } from "#components/connect/admin/table/row-table.tsx";
import type { DescribedAuditEntry } from "#lib/connect/admin/audit/describe-audit-entry.ts";

const HEADS = ["When", "Who", "What", "To whom", "Outcome", "Details"];

/** Shows a page of the audit log. */
export function AuditTable({ entries, now }: { entries: DescribedAuditEntry[]; now: Date }) {
  return (
    <RowTable
      id="audit-caption"
      caption="Audit log, newest first"
      columns="sm:grid-cols-[auto_minmax(6rem,1.2fr)_minmax(6rem,1fr)_minmax(6rem,1.2fr)_auto_minmax(8rem,1.6fr)]"
      head={HEADS.map((word) => (
        <ColumnHead key={word}>{word}</ColumnHead>
      ))}
    >
      {entries.map((entry) => (
        <AuditEntryRow key={entry.id} entry={entry} now={now} />
      ))}
    </RowTable>
  );
}
