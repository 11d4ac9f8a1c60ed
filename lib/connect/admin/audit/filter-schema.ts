import { ACTION_WORDS, OUTCOME_WORDS } from "#lib/connect/admin/audit/audit-constants.ts";
import type { AuditAction, AuditOutcome } from "#lib/connect/admin/audit/audit-entry.ts";

/** Which entries of the audit log; null: any. */
export type AuditFilter = {
  /** The beginning of what the actor is called, or a user's id. */
  actor: string | null;
  action: AuditAction | null;
  outcome: AuditOutcome | null;
  /** Id of the target, exactly. */
  target: string | null;
  /** Id of the request, exactly. */
  request: string | null;
  /** Days (UTC), both included. */
  from: Date | null;
  to: Date | null;
};

/** A filter, or the sentence that says what is wrong with the address. */
export type ParsedAuditFilter = { ok: true; filter: AuditFilter } | { ok: false; sentence: string };

/** The names of the filter in an address. */
export const AUDIT_FILTER_NAMES = ["actor", "action", "outcome", "target", "request", "from", "to"] as const;

type Name = (typeof AUDIT_FILTER_NAMES)[number];

const LONGEST = 200;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * The filter of an address. What a person left empty counts as absent; what no form of ours sends (a name given twice, an unknown word, a
 * day that does not exist, a NUL, more than 200 characters) is answered with a sentence.
 */
export function parseAuditFilter(query: URLSearchParams): ParsedAuditFilter {
  const wrong = AUDIT_FILTER_NAMES.map((name) => findProblem(name, query.getAll(name))).find((sentence) => sentence !== null);
  if (wrong) return { ok: false, sentence: wrong };
  const read = (name: Name) => query.get(name)?.trim() || null;
  const dayOf = (name: Name) => { const day = read(name); return day === null ? null : new Date(`${day}T00:00:00Z`); };
  return { ok: true, filter: {
    actor: read("actor"), action: read("action") as AuditAction | null, outcome: read("outcome") as AuditOutcome | null,
    target: read("target"), request: read("request"), from: dayOf("from"), to: dayOf("to"),
  } };
}

function findProblem(name: Name, values: string[]): string | null {
  const value = values[0]?.trim() ?? "";
  if (values.length > 1) return `The address has “${name}” more than once.`;
  if (value.includes("\0")) return `“${name}” has a NUL character.`;
  if (value.length > LONGEST) return `“${name}” is longer than ${LONGEST} characters.`;
  if (value === "") return null;
  if (name === "action" && !Object.hasOwn(ACTION_WORDS, value)) return `There is no action “${value}”.`;
  if (name === "outcome" && !Object.hasOwn(OUTCOME_WORDS, value)) return `There is no outcome “${value}”.`;
  return (name === "from" || name === "to") && !isDay(value) ? `“${name}” is no day: write it as 2026-11-23.` : null;
}

/** Whether that day exists: JavaScript takes February 30 for the second of March. */
function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return DAY.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** The same filter as it stands in an address. */
export function auditFilterQuery(filter: AuditFilter): URLSearchParams {
  const values = Object.entries(filter).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value instanceof Date ? value.toISOString().slice(0, 10) : value]]);
  return new URLSearchParams(values);
}

/** What was chosen, in words: for a heading, and for the log's own entry about an export. */
export function describeAuditFilter({ actor, action, outcome, target, request, from, to }: AuditFilter): string {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  return [
    actor && `who “${actor}”`, action && `what “${ACTION_WORDS[action]}”`, outcome && `outcome ${OUTCOME_WORDS[outcome]}`,
    target && `to whom ${target}`, request && `request ${request}`, from && `from ${day(from)}`, to && `until ${day(to)}`,
  ].filter(Boolean).join(", ") || "all entries";
}
