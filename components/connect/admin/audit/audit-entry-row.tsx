import { NameCell, NoValue, TableCell, TableRow } from "#components/connect/admin/table/table-row.tsx";
import { Breakable } from "#components/ui/breakable.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { DescribedAuditEntry } from "#lib/connect/admin/audit/describe-audit-entry.ts";

const TONES = { done: "success", refused: "warning", failed: "danger" } as const;
const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });
/** A link that fills the height of its row, as a target for a finger. */
const LINK =
  "inline-block max-w-full align-middle sm:truncate sm:py-2.5 pointer-coarse:min-h-11 pointer-coarse:content-center pointer-coarse:py-0";

const filtered = (name: string, value: string) => `/admin/audit?${new URLSearchParams({ [name]: value })}`;

/** Shows one entry of the audit log in one line. Its details open below it. */
export function AuditEntryRow({ entry, now }: { entry: DescribedAuditEntry; now: Date }) {
  return (
    <TableRow>
      <TableCell label="When">
        <RelativeTime at={entry.at} now={now} />
      </TableCell>
      <NameCell>
        <a
          href={filtered("actor", entry.actorId ?? entry.actor)}
          title={`Everything ${entry.actor} did`}
          className={LINK}
        >
          <Breakable>{entry.actor}</Breakable>
        </a>
      </NameCell>
      <TableCell label="What">
        <span title={entry.what}>{entry.what}</span>
      </TableCell>
      <TableCell label="To whom">
        <Target {...entry} />
      </TableCell>
      <TableCell label="Outcome">
        <Status tone={TONES[entry.outcome]}>{entry.outcomeWord}</Status>
      </TableCell>
      <TableCell label="Details">
        <Details entry={entry} />
      </TableCell>
    </TableRow>
  );
}

function Target({ target, href }: Pick<DescribedAuditEntry, "target" | "href">) {
  if (!target) return <NoValue>No target</NoValue>;
  if (!href)
    return (
      <span title={target}>
        <Breakable>{target}</Breakable>
      </span>
    );
  return (
    <a href={href} title={target} className={LINK}>
      <Breakable>{target}</Breakable>
    </a>
  );
}

/** Shows the first facts in one line. Opened, it shows all of them, the exact time and the origin. */
function Details({ entry }: { entry: DescribedAuditEntry }) {
  const { at, details, address, requestId, targetId } = entry;
  const origin = address ? `Address ${address}` : "By the server";
  return (
    <details className="group">
      <summary className="py-0.5 -outline-offset-2 sm:truncate sm:py-2.5 pointer-coarse:min-h-11 pointer-coarse:py-3">
        <span className="group-open:hidden">{details.join(". ") || origin}</span>
        <span className="hidden group-open:inline">Less</span>
      </summary>
      <ul className="grid gap-1 pb-3 wrap-anywhere whitespace-normal">
        {details.map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>{EXACT.format(at)} UTC</li>
        <li>{origin}</li>
        <li>
          <a href={filtered("request", requestId)} className={MORE}>
            Everything in this request
          </a>
        </li>
        {targetId && (
          <li>
            <a href={filtered("target", targetId)} className={MORE}>
              Everything about this target
            </a>
          </li>
        )}
      </ul>
    </details>
  );
}

const MORE = "inline-block min-h-6 content-center pointer-coarse:min-h-11";
