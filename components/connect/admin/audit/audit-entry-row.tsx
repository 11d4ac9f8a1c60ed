import { Breakable } from "#components/ui/breakable.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import type { DescribedAuditEntry } from "#lib/connect/admin/audit/describe-audit-entry.ts";

const CELL = "px-3 py-2.5 align-top first:pl-5 last:pr-5";
/** As wide as the longest word, but limited, for words of unrealistic length. */
const TEXT = `${CELL} max-w-64 wrap-break-word`;
const TONES = { done: "success", refused: "warning", failed: "danger" } as const;
const EXACT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

const filtered = (name: string, value: string) => `/admin/audit?${new URLSearchParams({ [name]: value })}`;

/** Shows one entry of the audit log: who did what to whom, when, from where, and the result. */
export function AuditEntryRow({ entry, now }: { entry: DescribedAuditEntry; now: Date }) {
  return (
    <tr>
      <td className={`${CELL} whitespace-nowrap`}>
        <RelativeTime at={entry.at} now={now} />
        <span className="block text-xs text-ink-muted tabular-nums">{EXACT.format(entry.at)} UTC</span>
      </td>
      <th scope="row" className={`${TEXT} min-w-40 text-left font-medium`}>
        <a href={filtered("actor", entry.actorId ?? entry.actor)} title="Everything they did">
          <Breakable>{entry.actor}</Breakable>
        </a>
      </th>
      <td className={`${CELL} min-w-36`}>{entry.what}</td>
      <td className={`${TEXT} min-w-44`}>
        <Target {...entry} />
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <Status tone={TONES[entry.outcome]}>{entry.outcomeWord}</Status>
      </td>
      <td className={`${CELL} min-w-56 wrap-anywhere`}>
        {entry.details.length > 0 && (
          <ul>
            {entry.details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </td>
      <td className={`${CELL} min-w-32`}>
        {entry.address ? (
          <code className="block text-xs">{entry.address}</code>
        ) : (
          <span className="block text-ink-muted">the server</span>
        )}
        <a href={filtered("request", entry.requestId)} title="Everything in this request">
          <code className="text-xs whitespace-nowrap">{entry.requestId}</code>
        </a>
      </td>
    </tr>
  );
}

function Target({ target, targetId, href }: Pick<DescribedAuditEntry, "target" | "targetId" | "href">) {
  if (!target) return null;
  return (
    <>
      {href ? (
        <a href={href}>
          <Breakable>{target}</Breakable>
        </a>
      ) : (
        <Breakable>{target}</Breakable>
      )}
      {targetId && (
        <a href={filtered("target", targetId)} className="block w-fit text-xs text-ink-muted">
          All about it
        </a>
      )}
    </>
  );
}
