import { z } from "zod";

import {
  SECRET_LABEL_MAX_LENGTH,
  SECRET_LIFETIMES_DAYS,
} from "#lib/legrand/client-secrets/client-secret-constants.ts";
import { textSchema } from "#lib/legrand/text-schema.ts";

/** The label that a developer types when generating a secret. It says what the secret is for. */
export const secretLabelSchema = textSchema(
  "a label, such as the server that will use the secret",
  SECRET_LABEL_MAX_LENGTH,
);

/** One of the lifetimes that the form offers. The project's own forms send no other value. */
export const secretLifetimeSchema = z.coerce
  .number()
  .refine((days) => (SECRET_LIFETIMES_DAYS as readonly number[]).includes(days));
