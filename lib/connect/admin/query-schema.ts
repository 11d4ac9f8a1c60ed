import { z } from "zod";

/** What may stand in a search field. */
export const SEARCH_LIMIT = 200;

/** A text that is looked for, or null; `what` begins the sentence about one that cannot be: “The search”. */
export function searchSchema(what: string, limit = SEARCH_LIMIT) {
  return z
    .string()
    .refine((text) => !text.includes("\0"), `${what} contains a NUL character, which is not allowed.`)
    .refine((text) => text.length <= limit, `${what} is longer than ${limit} characters.`)
    .nullable();
}

/**
 * A day such as 2026-11-23, as midnight UTC, or null; `what` begins the sentence about one that cannot be. Of
 * a year that PostgreSQL, a Date and a date field all have, the day after it too.
 */
export function daySchema(what: string) {
  const sentence = `${what} must be a day such as 2026-11-23, from the year 2000 on.`;
  return z.iso
    .date(sentence)
    .refine((text) => text >= "2000" && text < "9999", sentence)
    .transform((text) => new Date(`${text}T00:00:00Z`))
    .nullable();
}

/** A day as it stands in an address: 2026-11-23. */
export function formatDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** The sentence about the first of these parameters that is there more than once, or null. */
export function findRepeated(query: URLSearchParams, names: readonly string[]): string | null {
  const twice = names.find((name) => query.getAll(name).length > 1);
  return twice === undefined ? null : `The parameter ${twice} was sent more than once.`;
}
