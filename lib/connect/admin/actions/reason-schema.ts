import { z } from "zod";

import { removeInvisible } from "#lib/invisible-characters.ts";

/** Longest reason, in characters. */
export const REASON_MAX_LENGTH = 300;

/**
 * Why an administrator revokes an account; shown to the user. Line breaks are kept, and other invisible
 * characters are removed.
 */
export const reasonSchema = z
  .string("Write the reason: the person will read it.")
  .transform((value) =>
    value
      .split(/\r\n?|\n/)
      .map(removeInvisible)
      .join("\n")
      .trim(),
  )
  .pipe(
    z
      .string()
      .min(1, "Write the reason: the person will read it.")
      .refine(
        (value) => [...value].length <= REASON_MAX_LENGTH,
        `Write at most ${REASON_MAX_LENGTH} characters.`,
      ),
  );
