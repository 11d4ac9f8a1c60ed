import { z } from "zod";

import { SECRET_LABEL_MAX_LENGTH, SECRET_LIFETIMES_DAYS } from "#lib/legrand/client-secrets/client-secret-constants.ts";

// Neither controls nor what turns the direction of the text around it (Unicode TR 36 §3.3): a label stands in lists and mails.
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/u;

/** What somebody types to generate a secret. A label says what it is for. */
export const secretLabelSchema = z.string()
  .transform((label) => label.trim().normalize("NFC"))
  .pipe(z.string()
    .min(1, "Enter a label, such as the server that will use the secret")
    .max(SECRET_LABEL_MAX_LENGTH, `Shorten the label to ${SECRET_LABEL_MAX_LENGTH} characters`)
    .refine((label) => !UNPRINTABLE.test(label), "Remove the invisible characters from the label"));

/** One of the lifetimes that the form offers: no form of ours sends another. */
export const secretLifetimeSchema = z.coerce.number().refine((days) => (SECRET_LIFETIMES_DAYS as readonly number[]).includes(days));
