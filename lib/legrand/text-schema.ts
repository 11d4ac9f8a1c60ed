// Uses no Node modules, so that form and server apply the same rules.
import { z } from "zod";

import { INVISIBLE_IN_TEXT } from "#lib/invisible-characters.ts";

/** A character that can be seen; joiners and fillers alone cannot. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
const FILLERS = /[\u115f\u1160\u2800\u3164\uffa0]/g;
/** No language stacks this many accents. More of them overlap the lines around. */
const STACKED_MARKS = /\p{M}{9}/u;

const isSeen = (value: string) => SEEN.test(value.replace(FILLERS, ""));
/**
 * Longer than every limit. A longer text is measured as it was typed, because normalizing many stacked
 * accents takes quadratic time.
 */
const NORMALIZED_LENGTH = 4_000;

/** Returns the text in NFC, or unchanged if it is too long for any field. */
export function toNfc(value: string): string {
  return value.length > NORMALIZED_LENGTH ? value : value.normalize("NFC");
}

/** Collapses the text to one paragraph: white space of any kind and length becomes one space. */
const tidy = (value: string) => toNfc(value).replace(/\s+/gu, " ").trim();

/**
 * A single line that a person typed for others to read: trimmed, NFC, at most `limit` characters (code
 * points), without invisible characters. `what` completes "Enter …".
 */
export function textSchema(what: string, limit: number) {
  return z
    .string(`Enter ${what}.`)
    .transform(tidy)
    .superRefine((value, context) => {
      const problem = problemOf(value, what, limit);
      if (problem) context.addIssue(problem);
    });
}

function problemOf(value: string, what: string, limit: number): string | null {
  const { length } = [...value];
  if (!isSeen(value)) return `Enter ${what}.`;
  if (length > limit) return `There are ${length.toLocaleString("en")} characters; the maximum is ${limit}.`;
  if (INVISIBLE_IN_TEXT.test(value))
    return "There is an invisible character in it, such as one that changes the direction of writing. Type the text again instead of pasting it.";
  return STACKED_MARKS.test(value) ? "There are too many accents on one letter. Remove some." : null;
}
