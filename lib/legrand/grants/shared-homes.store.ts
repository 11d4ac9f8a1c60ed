import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { ChosenHomes, SharedHomes, StoredHomesChange } from "#lib/legrand/grants/shared-homes.ts";

/** Returns the homes of the account, and which of them the application may see: all without a grant. */
export async function findSharedHomes(accountId: AccountId, clientId: ClientId): Promise<SharedHomes> {
  const found = await mapSharedHomes(accountId, [clientId]);
  return found.get(clientId)!;
}

/** Returns the homes of the account for each of these applications, by `clientId`, in one query. */
export async function mapSharedHomes(
  accountId: string,
  clientIds: readonly string[],
): Promise<Map<string, SharedHomes>> {
  const rows = await database().$queryRaw<(SharedHomes & { clientId: string })[]>`
    SELECT c.id::text AS "clientId", g.shared_plants IS NULL AS "isAll", coalesce((
      SELECT json_agg(json_build_object('id', p.id, 'name', p.name,
        'isShared', g.shared_plants IS NULL OR p.id = ANY(g.shared_plants)) ORDER BY p.name, p.id)
      FROM legrand_plant p WHERE p.account_id = ${accountId}::uuid), '[]') AS homes
    FROM unnest(${clientIds}::uuid[]) AS c(id)
      LEFT JOIN legrand_grant g ON g.client_id = c.id AND g.account_id = ${accountId}::uuid`;
  return new Map(rows.map(({ clientId, ...shared }) => [clientId, shared]));
}

/**
 * Changes which homes the application may see, and ends its subscriptions to the others, in one transaction.
 * Returns what was stored before and after, or null if the grant is gone.
 */
export async function saveSharedHomes(
  account: LegrandAccount,
  { id, clientId }: { id: string; clientId: string },
  chosen: ChosenHomes,
): Promise<StoredHomesChange | null> {
  const [, changed] = await database().$transaction([
    lockAccount(account.id),
    database().$queryRaw<StoredHomesChange[]>`
      WITH before AS (SELECT shared_plants FROM legrand_grant WHERE id = ${id})
      UPDATE legrand_grant g SET shared_plants = ${sharedPlants(account.id, chosen)}, updated_at = ${now()}::timestamptz
      WHERE g.id = ${id} AND g.account_id = ${account.id}::uuid
      RETURNING g.shared_plants::text[] AS after, (SELECT shared_plants::text[] FROM before) AS before`,
    endSubscriptionsToOtherHomes(account.id, clientId),
  ]);
  return changed[0] ?? null;
}

/**
 * Locks the account, so that the decisions of one person wait for each other and each sees the previous
 * grant. Revocations lock in the same order.
 */
export const lockAccount = (accountId: AccountId) =>
  database()
    .$queryRaw`SELECT 1 AS locked FROM legrand_account WHERE id = ${accountId}::uuid FOR NO KEY UPDATE`;

/**
 * Returns the SQL of the value to store for these homes. It is null, all homes, if every home of the account
 * was chosen. Ids that are no home of the account are left out, and without one that is left, no home is
 * shared.
 */
export function sharedPlants(accountId: AccountId, chosen: ChosenHomes): Prisma.Sql {
  if (chosen === "all") return Prisma.sql`NULL::uuid[]`;
  const isChosen = Prisma.sql`p.id = ANY(${chosen}::uuid[])`;
  return Prisma.sql`(SELECT CASE WHEN bool_and(${isChosen}) THEN NULL
      ELSE coalesce(array_agg(p.id ORDER BY p.id) FILTER (WHERE ${isChosen}), '{}') END
    FROM legrand_plant p WHERE p.account_id = ${accountId}::uuid)`;
}

/**
 * Deletes the application's subscriptions to homes that it may no longer see. It runs in the transaction that
 * changed the grant, as a statement of its own: it then sees a subscription whose insertion that change waited
 * for (`addNotificationSubscription`).
 */
export const endSubscriptionsToOtherHomes = (accountId: AccountId, clientId: string) =>
  database().$executeRaw`
    DELETE FROM legrand_notification_subscription s USING legrand_grant g
    WHERE g.account_id = ${accountId}::uuid AND g.client_id = ${clientId}::uuid
      AND s.account_id = g.account_id AND s.client_id = g.client_id AND s.plant_id <> ALL(g.shared_plants)`;
