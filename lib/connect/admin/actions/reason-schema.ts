import { z } from "zod";

/** Longest reason, in characters. */
export const REASON_MAX_LENGTH = 300;

/**
 * Why an administrator revokes an account; shown to the user. Line breaks are kept, and other control
 * characters are removed.
 */
export const reasonSchema = z
  .string("Write the reason: the person will read it.")
  .transform((value) =>
    value
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{C}\n]/gu, "")
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
