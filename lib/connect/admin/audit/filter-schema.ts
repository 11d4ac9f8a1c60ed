import { z } from "zod";

import { ACTION_WORDS, OUTCOME_WORDS } from "#lib/connect/admin/audit/audit-constants.ts";
import { daySchema, findRepeated, formatDay, searchSchema } from "#lib/connect/admin/query-schema.ts";
import type { AuditAction, AuditOutcome } from "#lib/connect/audit/audit-entry.ts";

/**
 * A filter for the audit log; null means any. `actor`: the start of a name or e-mail address, or a user's id.
 * `target` and `request`: an exact id. Days are midnight UTC, and `to` is inclusive.
 */
export type AuditFilter = {
  actor: string | null;
  action: AuditAction | null;
  outcome: AuditOutcome | null;
  target: string | null;
  request: string | null;
  from: Date | null;
  to: Date | null;
};

/** The names of the filter's query parameters. */
export const AUDIT_FILTER_NAMES = ["actor", "action", "outcome", "target", "request", "from", "to"] as const;

const filterSchema = z
  .object({
    actor: searchSchema("“Who”"),
    action: z
      .enum(Object.keys(ACTION_WORDS) as AuditAction[], "The audit log has no such action.")
      .nullable(),
    outcome: z
      .enum(Object.keys(OUTCOME_WORDS) as AuditOutcome[], "The audit log has no such outcome.")
      .nullable(),
    target: searchSchema("“Target id”"),
    request: searchSchema("“Request”"),
    from: daySchema("The first day"),
    to: daySchema("The last day"),
  })
  .refine(({ from, to }) => !from || !to || from <= to, "The last day is before the first one.");

/**
 * Parses the filter in a URL's query. Empty parameters (an untouched form) count as absent, and unknown
 * parameters are ignored. If a parameter is invalid, returns a sentence about the first invalid one.
 */
export function parseAuditFilter(
  query: URLSearchParams,
): { ok: true; filter: AuditFilter } | { ok: false; sentence: string } {
  const repeated = findRepeated(query, AUDIT_FILTER_NAMES);
  if (repeated) return { ok: false, sentence: repeated };
  const parsed = filterSchema.safeParse(
    Object.fromEntries(AUDIT_FILTER_NAMES.map((name) => [name, query.get(name)?.trim() || null])),
  );
  return parsed.success
    ? { ok: true, filter: parsed.data }
    : { ok: false, sentence: parsed.error.issues[0]!.message };
}

/** Returns the filter as a query that `parseAuditFilter` can parse. */
export function auditFilterQuery(filter: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of AUDIT_FILTER_NAMES) {
    const value = filter[name];
    if (value !== null) query.set(name, value instanceof Date ? formatDay(value) : value);
  }
  return query;
}

/** Describes the filter in words, for the audit log entry of an export. */
export function describeAuditFilter({
  actor,
  action,
  outcome,
  target,
  request,
  from,
  to,
}: AuditFilter): string {
  return (
    [
      actor && `who “${actor}”`,
      action && `what “${ACTION_WORDS[action]}”`,
      outcome && `outcome ${OUTCOME_WORDS[outcome]}`,
      target && `to whom ${target}`,
      request && `request ${request}`,
      from && `from ${formatDay(from)}`,
      to && `until ${formatDay(to)}`,
    ]
      .filter(Boolean)
      .join(", ") || "all entries"
  );
}
