import { z } from "zod";

import { text } from "#lib/legrand/applications/description-schema.ts";

/** Longest name of a subscription, in characters. */
export const SUBSCRIPTION_NAME_MAX_LENGTH = 60;

/** What the form to subscribe sends: a name by the rules of an application's name. */
export const subscriptionSchema = z.object({ name: text("a name for the subscription", SUBSCRIPTION_NAME_MAX_LENGTH) });
