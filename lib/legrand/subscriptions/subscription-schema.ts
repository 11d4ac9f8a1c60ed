import { z } from "zod";

import { textSchema } from "#lib/legrand/text-schema.ts";

/** Longest name of a subscription, in characters. */
export const SUBSCRIPTION_NAME_MAX_LENGTH = 60;

/** What the form to subscribe sends: a name by the rules of an application's name. */
export const subscriptionSchema = z.object({
  name: textSchema("a name for the subscription", SUBSCRIPTION_NAME_MAX_LENGTH),
});
