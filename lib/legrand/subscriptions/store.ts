import "server-only";

import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { DAILY_CALL_LIMIT, SUBSCRIPTION_LIMIT } from "#lib/legrand/subscriptions/subscription-constants.ts";
import type { KeyReference } from "#lib/legrand/subscriptions/key-reference.ts";
import type { Subscription } from "#lib/legrand/subscriptions/subscription.ts";
import type { StoredKey } from "#lib/legrand/subscriptions/subscription-key.ts";

/** A day as it is stored: midnight UTC. */
type Day = Date;

/** Lists the subscriptions of that account, oldest first, with the calls of that day, in one query. */
export function listSubscriptions(account: LegrandAccount, day: Day): Promise<Subscription[]> {
  return database().$queryRaw<Subscription[]>`
    SELECT s.id, s.name, s.created_at AS "createdAt",
      sum(least(coalesce(c.calls, 0), ${DAILY_CALL_LIMIT}::int))::int AS "callsToday",
      count(c.end_user_id)::int AS "endUsersToday",
      max(least(coalesce(c.calls, 0), ${DAILY_CALL_LIMIT}::int))::int AS "mostCallsToday"
    FROM legrand_subscription s LEFT JOIN legrand_subscription_call c ON c.subscription_id = s.id AND c.day = ${day}::date
    WHERE s.account_id = ${account.id}::uuid GROUP BY s.id ORDER BY s.created_at, s.id`;
}

/**
 * Adds a subscription, unless the account already has ten, or one with that name. Of two concurrent calls,
 * the second waits for the lock on the account's row; its own statement then sees what the first one added.
 */
export async function addSubscription(
  account: LegrandAccount,
  added: { id: string; name: string; primary: StoredKey; secondary: StoredKey },
): Promise<"added" | "too_many" | "same_name"> {
  const { id, name, primary, secondary } = added;
  const [, [outcome]] = await database().$transaction([
    database().$queryRaw`SELECT id FROM legrand_account WHERE id = ${account.id}::uuid FOR UPDATE`,
    database().$queryRaw<{ count: number; same: boolean }[]>`
      WITH existing AS (
        SELECT count(*)::int AS count, coalesce(bool_or(name = ${name}), false) AS same FROM legrand_subscription WHERE account_id = ${account.id}::uuid
      ), added AS (
        INSERT INTO legrand_subscription (id, account_id, name, primary_digest, primary_ciphertext, secondary_digest, secondary_ciphertext)
        SELECT ${id}::uuid, ${account.id}::uuid, ${name}, ${primary.digest}, ${primary.ciphertext}, ${secondary.digest}, ${secondary.ciphertext}
        FROM existing WHERE count < ${SUBSCRIPTION_LIMIT}::int AND NOT same
      )
      SELECT count, same FROM existing`,
  ]);
  if (outcome!.same) return "same_name";
  return outcome!.count < SUBSCRIPTION_LIMIT ? "added" : "too_many";
}

/** Returns the ciphertext of one key of a subscription, or null if the account has no such subscription. */
export async function findKeyCiphertext(
  account: LegrandAccount,
  { id, name }: KeyReference,
): Promise<string | null> {
  const row = await database().subscription.findFirst({
    where: { id, accountId: account.id },
    select: { primaryCiphertext: true, secondaryCiphertext: true },
  });
  return row && (name === "primary" ? row.primaryCiphertext : row.secondaryCiphertext);
}

/** Replaces a key, which stops working at once. Returns true if that account has such a subscription. */
export async function replaceKey(
  account: LegrandAccount,
  { id, name }: KeyReference,
  { digest, ciphertext }: StoredKey,
): Promise<boolean> {
  const { count } = await database().subscription.updateMany({
    where: { id, accountId: account.id },
    data:
      name === "primary"
        ? { primaryDigest: digest, primaryCiphertext: ciphertext }
        : { secondaryDigest: digest, secondaryCiphertext: ciphertext },
  });
  return count === 1;
}

/** Deletes a subscription with both its keys and its counts. Returns true if that account had it. */
export async function deleteSubscription(account: LegrandAccount, id: string): Promise<boolean> {
  return (await database().subscription.deleteMany({ where: { id, accountId: account.id } })).count === 1;
}

/** Deletes the counts of the days before that one. Returns how many rows were deleted. */
export async function deleteCallsBefore(day: Day): Promise<number> {
  return (await database().subscriptionCall.deleteMany({ where: { day: { lt: day } } })).count;
}
