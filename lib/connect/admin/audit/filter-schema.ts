import { z } from "zod";

import { ACTION_WORDS, OUTCOME_WORDS } from "#lib/connect/admin/audit/audit-constants.ts";
import type { AuditAction, AuditOutcome } from "#lib/connect/audit/audit-entry.ts";

/**
 * Which entries of the audit log are meant; null: any. `actor`: the beginning of what somebody is called, or a user's id. `target` and
 * `request`: an id, exactly. Days are midnight UTC; `to` is the last day that belongs to it.
 */
export type AuditFilter = {
  actor: string | null; action: AuditAction | null; outcome: AuditOutcome | null;
  target: string | null; request: string | null; from: Date | null; to: Date | null;
};

/** The names of the filter in an address. */
export const AUDIT_FILTER_NAMES = ["actor", "action", "outcome", "target", "request", "from", "to"] as const;

const LONGEST = 200;

const textSchema = (what: string) => z.string().refine((text) => !text.includes("\0"), `${what} has a NUL character, which nothing in the log can have.`)
  .refine((text) => text.length <= LONGEST, `${what} is longer than ${LONGEST} characters.`).nullable();

// A year of four digits that PostgreSQL, a Date and a date field all have, the day after it too.
const daySchema = (what: string) => {
  const sentence = `${what} has to be a day such as 2026-11-23, from the year 2000 on.`;
  return z.iso.date(sentence).refine((text) => text >= "2000" && text < "9999", sentence).transform((text) => new Date(`${text}T00:00:00Z`)).nullable();
};

const filterSchema = z.object({
  actor: textSchema("“Who”"),
  action: z.enum(Object.keys(ACTION_WORDS) as AuditAction[], "There is no such action in the audit log.").nullable(),
  outcome: z.enum(Object.keys(OUTCOME_WORDS) as AuditOutcome[], "There is no such outcome in the audit log.").nullable(),
  target: textSchema("“Target id”"),
  request: textSchema("“Request”"),
  from: daySchema("The first day"),
  to: daySchema("The last day"),
}).refine(({ from, to }) => !from || !to || from <= to, "The last day is before the first one.");

/**
 * The filter in the query of an address; parameters that are empty (a form that nobody touched) count as absent, others than a filter's are
 * not looked at. Where one cannot be meant, a sentence about the first that cannot.
 */
export function parseAuditFilter(query: URLSearchParams): { ok: true; filter: AuditFilter } | { ok: false; sentence: string } {
  const twice = AUDIT_FILTER_NAMES.find((name) => query.getAll(name).length > 1);
  if (twice) return { ok: false, sentence: `The parameter ${twice} is there more than once.` };
  const parsed = filterSchema.safeParse(Object.fromEntries(AUDIT_FILTER_NAMES.map((name) => [name, query.get(name)?.trim() || null])));
  return parsed.success ? { ok: true, filter: parsed.data } : { ok: false, sentence: parsed.error.issues[0]!.message };
}

/** The same filter as it stands in an address: `parseAuditFilter` gives it back. */
export function auditFilterQuery(filter: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of AUDIT_FILTER_NAMES) {
    const value = filter[name];
    if (value !== null) query.set(name, value instanceof Date ? formatDay(value) : value);
  }
  return query;
}

/** What was chosen, in words: for the log's own entry about an export. */
export function describeAuditFilter({ actor, action, outcome, target, request, from, to }: AuditFilter): string {
  return [
    actor && `who “${actor}”`, action && `what “${ACTION_WORDS[action]}”`, outcome && `outcome ${OUTCOME_WORDS[outcome]}`,
    target && `to whom ${target}`, request && `request ${request}`, from && `from ${formatDay(from)}`, to && `until ${formatDay(to)}`,
  ].filter(Boolean).join(", ") || "all entries";
}

const formatDay = (date: Date) => date.toISOString().slice(0, 10);
