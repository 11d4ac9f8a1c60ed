import { z } from "zod";

import { textSchema } from "#lib/legrand/text-schema.ts";

/** Maximum length of a subscription's name, in characters. */
export const SUBSCRIPTION_NAME_MAX_LENGTH = 60;

/** The form to subscribe: a name, by the rules of an application's name. */
export const subscriptionSchema = z.object({
  name: textSchema("a name for the subscription", SUBSCRIPTION_NAME_MAX_LENGTH),
});
