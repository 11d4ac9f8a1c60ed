import { ACTION_WORDS, OUTCOME_WORDS } from "#lib/connect/admin/audit/audit-constants.ts";
import type { AuditRow } from "#lib/connect/admin/audit/list.store.ts";
import { ROLE_WORDS } from "#lib/connect/admin/roles/role-constants.ts";
import type { AuditTarget } from "#lib/connect/audit/audit-entry.ts";

/**
 * An audit log entry in words. `href` is the page of its target, or null if the target no longer exists or
 * has no page. `details` are further facts, one per line.
 */
export type DescribedAuditEntry = Pick<
  AuditRow,
  "id" | "at" | "requestId" | "actor" | "actorId" | "outcome" | "address" | "target" | "targetId"
> & {
  what: string;
  outcomeWord: string;
  href: string | null;
  details: string[];
};

const PAGES: Partial<Record<AuditTarget["targetType"], string>> = {
  linked_account: "/admin/linked-accounts",
  user: "/admin/roles",
  bulk_revocation: "/admin/bulk-revocations",
};

/**
 * Describes an audit log row in words. Values that a newer version wrote and this one does not know are shown
 * unchanged.
 */
export function describeAuditEntry(row: AuditRow): DescribedAuditEntry {
  const {
    id,
    at,
    requestId,
    actor,
    actorId,
    action,
    outcome,
    address,
    targetType,
    targetId,
    target,
    targetExists,
    detail,
  } = row;
  const page = PAGES[targetType];
  return {
    id,
    at,
    requestId,
    actor,
    actorId,
    outcome,
    target,
    targetId,
    address: readable(address),
    what: Object.hasOwn(ACTION_WORDS, action) ? ACTION_WORDS[action] : action,
    outcomeWord: OUTCOME_WORDS[outcome],
    href: page && targetExists ? `${page}/${targetId}` : null,
    details: describeDetail(detail, WRITTEN.has(action) && outcome === "done"),
  };
}

/** Actions whose reason is free text that an administrator wrote. */
const WRITTEN: ReadonlySet<string> = new Set(["linked_account.revoke", "bulk_revocation.start"]);

/** Shows an IPv4 address that arrived over IPv6 as plain IPv4 (RFC 4291 §2.5.5.2). */
const readable = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, "");

const REASONS: Record<string, string> = {
  no_role: "They had no role that allows it",
  last_administrator: "It was the last administrator",
  own_role: "Administrators cannot change their own role",
  unchanged: "The person had that role already",
  no_account: "The person had no connected account",
  gone: "It was gone",
  already_disconnected: "It was disconnected already",
  last_account: "Their last account was disconnected",
  account_deleted: "They deleted their Connect account",
  role_taken: "The role of the person who started it was removed",
  none: "None of the accounts was still connected",
  more: "More accounts matched than they confirmed",
  ended: "It had ended already",
};

const LABELS: Record<string, string> = {
  path: "Address",
  filter: "Filter",
  format: "Format",
  rows: "Rows",
  selection: "Selection",
  total: "Accounts",
  bulk: "Bulk revocation",
  legrand: "At Legrand",
  mail: "Mail",
  phase: "Step",
  end: "Ended as",
  revoked: "Revoked",
  skipped: "Skipped",
  failed: "Failed",
  left: "Left",
  sessions: "Sessions",
  result: "Result",
  state: "State",
};

function describeDetail(
  { from, to, reason, further, bulk, ...others }: Record<string, unknown>,
  isWritten: boolean,
): string[] {
  const role = (value: unknown) =>
    ROLE_WORDS[value === "administrator" || value === "auditor" ? value : "none"].toLowerCase();
  return [
    ...(from !== undefined || to !== undefined ? [`From ${role(from)} to ${role(to)}`] : []),
    ...(typeof reason === "string" && reason ? [describeReason(reason, isWritten)] : []),
    ...(further === "server_log" ? ["Further attempts within the hour are only in the server's log"] : []),
    // The id of the bulk revocation is last, because it is the same in many rows.
    ...Object.entries({ ...others, bulk: bulk ?? null }).flatMap(([name, value]) =>
      value === null || value === "" ? [] : [`${labelOf(name)}: ${inWords(value)}`],
    ),
  ];
}

// An administrator's text may equal one of our own reason codes, so it is shown in quotation marks.
function describeReason(reason: string, isWritten: boolean): string {
  if (isWritten) return `Reason: “${reason}”`;
  return Object.hasOwn(REASONS, reason) ? REASONS[reason]! : `Reason: ${inWords(reason)}`;
}

const labelOf = (name: string) => (Object.hasOwn(LABELS, name) ? LABELS[name]! : name.replaceAll("_", " "));

function inWords(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en");
  return typeof value === "string"
    ? /^[a-z]+(_[a-z]+)+$/.test(value)
      ? value.replaceAll("_", " ")
      : value
    : JSON.stringify(value);
}
