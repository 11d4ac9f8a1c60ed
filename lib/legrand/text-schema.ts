// Without anything of Node: form and server read by the same rules.
import { z } from "zod";

/**
 * Control, bidirectional and other invisible characters: they reach into mails, and let a text read as
 * something else (Unicode TR 36 §3). The two joiners stay: Persian, Hindi and emoji need them.
 */
export const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
/** Something that can be seen: not joiners and fillers alone. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;
const FILLERS = /[\u115f\u1160\u2800\u3164\uffa0]/g;
/** No language stacks more accents; more of them run over the lines around. */
const STACKED_MARKS = /\p{M}{9}/u;

const isSeen = (value: string) => SEEN.test(value.replace(FILLERS, ""));
/**
 * Far beyond every limit: what is longer is measured as it was typed. Normalizing takes the square of a heap
 * of accents.
 */
const NORMALIZED_LENGTH = 4_000;

/** A text in NFC; one that is too long for any field as it is. */
export function toNfc(value: string): string {
  return value.length > NORMALIZED_LENGTH ? value : value.normalize("NFC");
}

/** One paragraph: white space of any kind and length is one space. */
const tidy = (value: string) => toNfc(value).replace(/\s+/gu, " ").trim();

/**
 * One line that a person typed for others to read: trimmed, NFC, at most `limit` characters (code points),
 * every one of them to be seen. `what` completes "Enter …".
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
  if (UNSEEN.test(value))
    return "There is an invisible character in it, such as one that changes the direction of writing. Type the text again instead of pasting it.";
  return STACKED_MARKS.test(value) ? "There are too many accents on one letter. Remove some." : null;
}
