import { z } from "zod";

import { daySchema, findRepeated, formatDay, searchSchema } from "#lib/connect/admin/query-schema.ts";
import { isKnownScope } from "#lib/connect/cloud/scopes.ts";
import { SHOWN_STATES, type ShownState } from "#lib/connect/linked-accounts/state-constants.ts";

/**
 * A filter for linked accounts. `q` is a part of the name, e-mail address or Legrand id, compared by search
 * keys; a very short one matches only beginnings (see `isPart`). Days are midnight UTC, and `connectedTo` is
 * inclusive.
 */
export type AccountFilter = {
  q: string | null;
  state: ShownState | null;
  scope: string | null;
  connectedFrom: Date | null;
  connectedTo: Date | null;
  notRefreshedSince: Date | null;
};

/** The filter that matches every account. */
export const NO_FILTER: AccountFilter = {
  q: null,
  state: null,
  scope: null,
  connectedFrom: null,
  connectedTo: null,
  notRefreshedSince: null,
};

/**
 * Returns true if a search finds any part of a text, and false if it finds only beginnings. The trigram index
 * (pg_trgm) needs three Latin letters or digits in a row, or those that begin or end a word next to a
 * punctuation mark. For "..." every text would have to be read. A letter of another alphabet is spelled with
 * six characters (`search_spelling`), so one is enough.
 */
export function isPart(q: string): boolean {
  const bare = q.normalize("NFKD").replace(/\p{M}/gu, "");
  return /[^\p{ASCII}\p{Script=Latin}]/u.test(bare) || ([...bare].length >= 3 && LATIN_PART.test(bare));
}

const LATIN_PART =
  /[\p{Script=Latin}\d]{3}|[^\p{Script=Latin}\d][\p{Script=Latin}\d]|[\p{Script=Latin}\d]{2}[^\p{Script=Latin}\d]/u;

const NAMES = {
  q: "q",
  state: "state",
  scope: "scope",
  connectedFrom: "connected_from",
  connectedTo: "connected_to",
  notRefreshedSince: "not_refreshed_since",
} as const;

/** The filter's query parameters. */
export const FILTER_PARAMETERS: readonly string[] = Object.values(NAMES);

const filterSchema = z
  .object({
    q: searchSchema("The search"),
    state: z.enum(SHOWN_STATES, "Unknown state of a linked account.").nullable(),
    scope: z.string().refine(isKnownScope, "Unknown permission.").nullable(),
    connectedFrom: daySchema("The first day of “connected between”"),
    connectedTo: daySchema("The last day of “connected between”"),
    notRefreshedSince: daySchema("“Not refreshed since”"),
  })
  .refine(
    ({ connectedFrom, connectedTo }) => !connectedFrom || !connectedTo || connectedFrom <= connectedTo,
    "The last day of “connected between” is before the first one.",
  );

/**
 * Parses the filter in a URL's query. Empty parameters (an untouched form) count as absent, and unknown
 * parameters are ignored. If a parameter is invalid, returns a sentence about the first invalid one.
 */
export function parseFilter(
  query: URLSearchParams,
): { ok: true; filter: AccountFilter } | { ok: false; sentence: string } {
  const repeated = findRepeated(query, FILTER_PARAMETERS);
  if (repeated) return { ok: false, sentence: repeated };
  const given = Object.fromEntries(
    Object.entries(NAMES).map(([key, name]) => [key, query.get(name)?.trim() || null]),
  );
  const parsed = filterSchema.safeParse(given);
  return parsed.success
    ? { ok: true, filter: parsed.data }
    : { ok: false, sentence: parsed.error.issues[0]!.message };
}

/** Returns the filter as a query that `parseFilter` can parse. */
export function filterQuery(filter: AccountFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, name] of Object.entries(NAMES) as [keyof AccountFilter, string][]) {
    const value = filter[key];
    if (value !== null) query.set(name, value instanceof Date ? formatDay(value) : value);
  }
  return query;
}
