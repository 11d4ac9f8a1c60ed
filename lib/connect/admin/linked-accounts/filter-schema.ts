import { z } from "zod";

import { isKnownScope } from "#lib/connect/cloud/scopes.ts";

/** The states of a linked account as people see them (describe-state.ts), in the order in which they are listed. */
export const SHOWN_STATES = ["connected", "expires_soon", "unavailable", "reconnect_needed", "disconnected"] as const;
/** A state as it is shown. */
export type ShownState = (typeof SHOWN_STATES)[number];

/** Those states in words: the labels of `describeState`. */
export const STATE_LABELS: Record<ShownState, string> = {
  connected: "Connected", expires_soon: "Expires soon", unavailable: "Temporarily unavailable", reconnect_needed: "Reconnect needed",
  disconnected: "Disconnected",
};

/**
 * Which linked accounts are meant. `q`: a part of the name, e-mail address or Legrand id, as typed (of a very short one, see `isPart`, the
 * beginning). Days are midnight UTC; `connectedTo` is the last day that belongs to it.
 */
export type AccountFilter = {
  q: string | null; state: ShownState | null; scope: string | null; connectedFrom: Date | null; connectedTo: Date | null; notRefreshedSince: Date | null;
};

/** The filter that leaves everything in. */
export const NO_FILTER: AccountFilter = { q: null, state: null, scope: null, connectedFrom: null, connectedTo: null, notRefreshedSince: null };

/** What may stand in a search field. */
export const SEARCH_LIMIT = 200;

/**
 * Whether it is looked for anywhere in a text, or at the beginning only: the index of parts knows three letters or digits in a row, and those that
 * begin or end a word beside a sign (pg_trgm). For "..." every text would have to be read.
 */
export function isPart(q: string): boolean {
  return [...q].length >= 3 && /[a-z\d]{3}|[^a-z\d][a-z\d]|[a-z\d]{2}[^a-z\d]/i.test(q);
}

const NAMES = { q: "q", state: "state", scope: "scope", connectedFrom: "connected_from", connectedTo: "connected_to", notRefreshedSince: "not_refreshed_since" } as const;

/** The parameters of a filter, as they are called in an address. */
export const FILTER_PARAMETERS: readonly string[] = Object.values(NAMES);

// A year of four digits that PostgreSQL, a Date and a date field all have.
const daySchema = (what: string) => {
  const sentence = `${what} has to be a day such as 2026-11-23, from the year 2000 on.`;
  return z.iso.date(sentence).refine((text) => text >= "2000", sentence).transform((text) => new Date(`${text}T00:00:00Z`)).nullable();
};

const filterSchema = z.object({
  q: z.string().refine((text) => !text.includes("\0"), "The search has a NUL character, which no name, address or id can have.")
    .refine((text) => text.length <= SEARCH_LIMIT, `The search is longer than ${SEARCH_LIMIT} characters.`).nullable(),
  state: z.enum(SHOWN_STATES, "There is no such state of a linked account.").nullable(),
  scope: z.string().refine(isKnownScope, "Connect knows no such permission.").nullable(),
  connectedFrom: daySchema("The first day of “connected between”"),
  connectedTo: daySchema("The last day of “connected between”"),
  notRefreshedSince: daySchema("“Not refreshed since”"),
}).refine(({ connectedFrom, connectedTo }) => !connectedFrom || !connectedTo || connectedFrom <= connectedTo,
  "The last day of “connected between” is before the first one.");

/**
 * The filter in the query of an address; parameters that are empty (a form that nobody touched) count as absent, others than a filter's are not
 * looked at. Where one cannot be meant, a sentence about the first that cannot.
 */
export function parseFilter(query: URLSearchParams): { ok: true; filter: AccountFilter } | { ok: false; sentence: string } {
  const twice = FILTER_PARAMETERS.find((name) => query.getAll(name).length > 1);
  if (twice) return { ok: false, sentence: `The parameter ${twice} is there more than once.` };
  const given = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, query.get(name)?.trim() || null]));
  const parsed = filterSchema.safeParse(given);
  return parsed.success ? { ok: true, filter: parsed.data } : { ok: false, sentence: parsed.error.issues[0]!.message };
}

/** The same filter as it stands in an address: `parseFilter` gives it back. */
export function filterQuery(filter: AccountFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, name] of Object.entries(NAMES) as [keyof AccountFilter, string][]) {
    const value = filter[key];
    if (value !== null) query.set(name, value instanceof Date ? formatDay(value) : value);
  }
  return query;
}

/** A day as it stands in an address: 2026-11-23. */
export function formatDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}
