import { ColumnHead, RowTable } from "#components/connect/admin/table/row-table.tsx";
import {
  NameCell,
  RowLink,
  RowTime,
  TableCell,
  TableRow,
  TitledText,
} from "#components/connect/admin/table/table-row.tsx";
import { Status } from "#components/ui/status.tsx";
import type { BulkRevocation } from "#lib/connect/admin/actions/bulk-revocation.ts";
import type { BulkProgress } from "#lib/connect/admin/actions/describe-progress.ts";

type Row = { bulk: BulkRevocation; progress: BulkProgress };

const HEADS = ["Accounts", "Started", "By", "Progress", "State"];

/** Lists bulk revocations, newest first. A row opens its page. */
export function BulkList({ rows, now }: { rows: Row[]; now: Date }) {
  return (
    <RowTable
      id="bulk-caption"
      caption="Bulk revocations"
      columns="sm:grid-cols-[minmax(8rem,1.6fr)_auto_minmax(6rem,1fr)_auto_auto]"
      head={HEADS.map((word) => (
        <ColumnHead key={word}>{word}</ColumnHead>
      ))}
    >
      {rows.map((row) => (
        <BulkRow key={row.bulk.id} {...row} now={now} />
      ))}
    </RowTable>
  );
}

function BulkRow({ bulk, progress, now }: Row & { now: Date }) {
  return (
    <TableRow>
      <NameCell>
        <RowLink href={`/admin/bulk-revocations/${bulk.id}`} title={bulk.selection}>
          {bulk.selection}
        </RowLink>
      </NameCell>
      <TableCell label="Started">
        <RowTime at={bulk.createdAt} now={now} />
      </TableCell>
      <TableCell label="By">
        <TitledText title={bulk.actor}>{bulk.actor}</TitledText>
      </TableCell>
      <TableCell label="Progress">
        <span className="flex flex-wrap items-center gap-x-3 tabular-nums sm:flex-nowrap">
          <progress
            className="h-2 w-20 flex-none"
            aria-label={`Progress of ${bulk.selection}`}
            value={progress.done}
            max={Math.max(1, bulk.total)}
          />
          {progress.done.toLocaleString("en")} of {bulk.total.toLocaleString("en")}
          {bulk.failed > 0 && `, ${bulk.failed.toLocaleString("en")} failed`}
        </span>
      </TableCell>
      <TableCell label="State">
        <Status tone={progress.tone}>{progress.word}</Status>
      </TableCell>
    </TableRow>
  );
}
