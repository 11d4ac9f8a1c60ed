import { z } from "zod";

import {
  SECRET_LABEL_MAX_LENGTH,
  SECRET_LIFETIMES_DAYS,
} from "#lib/legrand/client-secrets/client-secret-constants.ts";
import { textSchema } from "#lib/legrand/text-schema.ts";

/** What somebody types to generate a secret: a label says what it is for. */
export const secretLabelSchema = textSchema(
  "a label, such as the server that will use the secret",
  SECRET_LABEL_MAX_LENGTH,
);

/** One of the lifetimes that the form offers: no form of ours sends another. */
export const secretLifetimeSchema = z.coerce
  .number()
  .refine((days) => (SECRET_LIFETIMES_DAYS as readonly number[]).includes(days));
