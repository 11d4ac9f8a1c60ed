import { z } from "zod";

/** Longest text in a search field. */
export const SEARCH_LIMIT = 200;

/** Parses a search text, or null. `what` begins the sentence about an invalid one: “The search”. */
export function searchSchema(what: string, limit = SEARCH_LIMIT) {
  return z
    .string()
    .refine((text) => !text.includes("\0"), `${what} contains a NUL character, which is not allowed.`)
    .refine((text) => text.length <= limit, `${what} is longer than ${limit} characters.`)
    .nullable();
}

/**
 * Parses a day such as 2026-11-23 as midnight UTC, or null. `what` begins the sentence about an invalid one.
 * The year is limited to those that PostgreSQL, a Date and a date field all support, including the day after.
 */
export function daySchema(what: string) {
  const sentence = `${what} must be a day such as 2026-11-23, from the year 2000 on.`;
  return z.iso
    .date(sentence)
    .refine((text) => text >= "2000" && text < "9999", sentence)
    .transform((text) => new Date(`${text}T00:00:00Z`))
    .nullable();
}

/** Formats a day for a URL: 2026-11-23. */
export function formatDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** Returns a sentence about the first of these parameters that appears more than once, or null. */
export function findRepeated(query: URLSearchParams, names: readonly string[]): string | null {
  const twice = names.find((name) => query.getAll(name).length > 1);
  return twice === undefined ? null : `The parameter ${twice} was sent more than once.`;
}
