import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Plate } from "#components/ui/plate.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { BulkRevocation } from "#lib/connect/admin/actions/bulk-revocation.ts";

/** Shows who started the bulk revocation, when, which accounts, and why. */
export function BulkFacts({ bulk, now }: { bulk: BulkRevocation; now: Date }) {
  return (
    <Plate as="section" aria-label="About this bulk revocation">
      <DefinitionList
        rows={[
          {
            term: "Accounts",
            value: <span className="inline-block first-letter:uppercase">{bulk.selection}</span>,
          },
          { term: "Reason", value: <span className="whitespace-pre-line">{bulk.reason}</span> },
          { term: "Started by", value: bulk.actor },
          { term: "Started", value: <RelativeTime at={bulk.createdAt} now={now} /> },
          ...(bulk.endedAt ? [{ term: "Ended", value: <RelativeTime at={bulk.endedAt} now={now} /> }] : []),
        ]}
      />
    </Plate>
  );
}
