import { z } from "zod";

import { ACTS, FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import { homeIdSchema } from "#lib/connect/homes/home-id-schema.ts";

/**
 * Which light, plug or shutter a form is about, and what it asks for: something that products of this family
 * can do.
 */
export const deviceFormSchema = z
  .object({
    account: z.uuid(),
    plant: homeIdSchema,
    module: homeIdSchema,
    family: z.enum(FAMILIES),
    do: z.enum(["on", "off", "open", "close", "stop"]),
  })
  .refine(({ family, do: act }) => (ACTS[act].families as readonly Family[]).includes(family));

/** What the fields of that form say. */
export type DeviceForm = z.infer<typeof deviceFormSchema>;
