import { randomUUID } from "node:crypto";

import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { addSubscription } from "#lib/legrand/subscriptions/store.ts";
import { SUBSCRIPTION_LIMIT } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { issueKey } from "#lib/legrand/subscriptions/subscription-key.ts";
import { subscriptionSchema } from "#lib/legrand/subscriptions/subscription-schema.ts";

/** The new subscription's identifier, or the message to show at the field. */
export type Subscribed = { ok: true; id: string } | { ok: false; message: string };

const REFUSALS = {
  too_many: `You have ${SUBSCRIPTION_LIMIT} subscriptions, and no more are possible. Cancel one first`,
  same_name: "You have a subscription with this name already. Enter another name",
} as const;

/** Subscribes the account to the Starter Kit, with two new keys. */
export async function subscribe(account: LegrandAccount, input: unknown): Promise<Subscribed> {
  const parsed = subscriptionSchema.safeParse(input);
  if (!parsed.success) return { ok: false, message: parsed.error.issues[0]!.message };
  const id = randomUUID();
  const outcome = await addSubscription(account, {
    id,
    name: parsed.data.name,
    primary: issueKey(id, "primary"),
    secondary: issueKey(id, "secondary"),
  });
  return outcome === "added" ? { ok: true, id } : { ok: false, message: REFUSALS[outcome] };
}
