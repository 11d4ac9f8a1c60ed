import { z } from "zod";

import { ACTS, FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import { homeIdSchema } from "#lib/connect/homes/home-id-schema.ts";

/** The fields of a form for a light, plug or shutter: the product, and an action that its family supports. */
export const deviceFormSchema = z
  .object({
    account: z.uuid(),
    plant: homeIdSchema,
    module: homeIdSchema,
    family: z.enum(FAMILIES),
    do: z.enum(["on", "off", "open", "close", "stop"]),
  })
  .refine(({ family, do: act }) => (ACTS[act].families as readonly Family[]).includes(family));

/** The parsed fields of the device form. */
export type DeviceForm = z.infer<typeof deviceFormSchema>;
