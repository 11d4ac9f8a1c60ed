import { z } from "zod";

import { toComparableEmail } from "#lib/email-address.ts";
import { isCountry } from "#lib/legrand/accounts/countries.ts";
import { INVISIBLE_IN_TEXT } from "#lib/invisible-characters.ts";

/** A name must fit in one line of a page and of a mail. */
const NAME_MAX_LENGTH = 100;
/** RFC 5321 §4.5.3.1.3: a path of 256 octets, with its brackets. */
const EMAIL_MAX_LENGTH = 254;

const name = (which: string) =>
  z
    .string(`Enter your ${which}`)
    .transform((value) => value.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .refine(
          (value) => [...value].length <= NAME_MAX_LENGTH,
          `Use at most ${NAME_MAX_LENGTH} characters for your ${which}`,
        )
        .refine(
          (value) => !INVISIBLE_IN_TEXT.test(value),
          `Remove the invisible characters from your ${which}`,
        )
        .refine((value) => /\p{L}/u.test(value), `Enter your ${which}`),
    );

/** A surname may be empty, because many people have only one name. */
const optionalName = (which: string) =>
  z.preprocess((value) => (typeof value === "string" ? value : "").trim(), z.literal("").or(name(which)));

/**
 * The name and country of a person, keyed by field name. Names are trimmed and composed (NFC). The surname
 * may be empty.
 */
export const personSchema = z.object({
  given_name: name("given name"),
  family_name: optionalName("surname"),
  country: z.string("Choose your country").refine(isCountry, "Choose your country"),
});

/**
 * An e-mail address by the HTML standard (§4.10.5.1.5), but with a domain in any language. The result is the
 * form in which it is stored and compared.
 */
export const emailSchema = z
  .string("Enter your e-mail address")
  .trim()
  .transform(toComparableEmail)
  .pipe(
    z
      .string()
      .min(1, "Enter your e-mail address")
      .max(EMAIL_MAX_LENGTH, "That is too long for an e-mail address")
      .refine(
        (value) => z.regexes.html5Email.test(value),
        "Enter an e-mail address, such as name@example.com. Before the @ it has letters from A to Z, digits and signs",
      ),
  );

/** Returns the first error of each field, keyed by field name, in the order of the schema's fields. */
export function fieldErrorsOf(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.issues) errors[String(path[0])] ??= message;
  return errors;
}
