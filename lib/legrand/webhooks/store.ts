import "server-only";

import { randomUUID } from "node:crypto";

import { now, secondsFromNow } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import {
  FAILURES_FOR_A_BAN,
  FAILURES_KEPT_SECONDS,
  LONGEST_BAN_MINUTES,
  MOST_FAILING_ENDPOINTS,
} from "#lib/legrand/webhooks/notification-constants.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import type { SharedHomeId } from "#lib/legrand/smarther/shared-home.ts";

/** A subscription of an application. `bannedUntil` is set while its endpoint is banned. */
export type NotificationSubscription = {
  id: string;
  plantId: string;
  endPointUrl: string;
  bannedUntil: Date | null;
};

/**
 * Where notifications are sent. `mayBeLocal`: a program on this machine subscribed the address, so it may be
 * on this machine or in its network.
 */
export type EndPoint = { endPointUrl: string; mayBeLocal: boolean };

/** A subscriber to notify of a change. */
export type Subscriber = EndPoint & {
  id: string;
  clientId: string;
  /** The format of `activationTime` that the application chose. */
  activationTime: ActivationTime;
};

/**
 * Subscribes the application to that home of the account. Returns the subscription's identifier, or why the
 * subscription was refused. It is one statement: of two concurrent ones, the second finds the first's row,
 * and one that races with the withdrawal of the grant or of the home no longer finds the home.
 *
 * A key-share lock would not wait for a change of the shared homes, which updates the grant. The share lock
 * does: the subscription is then either refused here, or committed before that change deletes it.
 */
export async function addNotificationSubscription(
  { accountId, clientId }: Access,
  plantId: SharedHomeId,
  { endPointUrl, mayBeLocal }: EndPoint,
): Promise<{ id: string } | "not_found" | "subscribed"> {
  const [row] = await database().$queryRaw<{ exists: boolean; id: string | null }[]>`
    WITH home AS (
      -- Locked in this order, as the deletion of an account does: its grants before its homes.
      SELECT p.id FROM legrand_grant g JOIN legrand_plant p ON p.account_id = g.account_id AND g.client_id = ${clientId}::uuid
      WHERE p.id = ${plantId}::uuid AND p.account_id = ${accountId}::uuid AND (g.shared_plants IS NULL OR p.id = ANY(g.shared_plants))
      FOR SHARE OF g FOR KEY SHARE OF p
    ), added AS (
      INSERT INTO legrand_notification_subscription (id, plant_id, account_id, client_id, end_point_url, may_be_local, created_at)
      SELECT ${randomUUID()}::uuid, id, ${accountId}::uuid, ${clientId}::uuid, ${endPointUrl}, ${mayBeLocal}, ${now()} FROM home
      ON CONFLICT (plant_id, client_id) DO NOTHING RETURNING id
    )
    SELECT EXISTS (SELECT FROM home) AS exists, (SELECT id::text FROM added) AS id`;
  return row!.id ? { id: row!.id } : row!.exists ? "subscribed" : "not_found";
}

/** Lists the application's subscriptions to homes of the account, oldest first. */
export function listNotificationSubscriptions({
  accountId,
  clientId,
}: Access): Promise<NotificationSubscription[]> {
  return database().$queryRaw<NotificationSubscription[]>`
    SELECT s.id::text, s.plant_id::text AS "plantId", s.end_point_url AS "endPointUrl",
      CASE WHEN f.banned_until > ${now()} THEN f.banned_until END AS "bannedUntil"
    FROM legrand_notification_subscription s LEFT JOIN legrand_notification_failure f USING (client_id, end_point_url)
    WHERE s.account_id = ${accountId}::uuid AND s.client_id = ${clientId}::uuid ORDER BY s.created_at, s.id`;
}

/** Ends a subscription of the application. Returns true if it existed. */
export async function deleteNotificationSubscription(
  { accountId, clientId }: Access,
  plantId: SharedHomeId,
  id: string,
): Promise<boolean> {
  return (
    (await database().notificationSubscription.deleteMany({ where: { id, plantId, accountId, clientId } }))
      .count === 1
  );
}

/**
 * Lists the subscribers to notify of a change in that home now. Their grant still has the scope and the home,
 * their application is active, and their endpoint is not banned.
 */
export function listSubscribers(plantId: string, scope: string): Promise<Subscriber[]> {
  return database().$queryRaw<Subscriber[]>`
    SELECT s.id::text, s.client_id::text AS "clientId", s.end_point_url AS "endPointUrl", s.may_be_local AS "mayBeLocal",
      a.activation_time::text AS "activationTime"
    FROM legrand_notification_subscription s JOIN legrand_grant g USING (account_id, client_id) JOIN legrand_application a USING (client_id)
      LEFT JOIN legrand_notification_failure f USING (client_id, end_point_url)
    WHERE s.plant_id = ${plantId}::uuid AND ${scope} = ANY(g.granted_scopes) AND a.state = 'active'
      AND (g.shared_plants IS NULL OR s.plant_id = ANY(g.shared_plants))
      AND (f.banned_until IS NULL OR f.banned_until <= ${now()})`;
}

/**
 * Counts a failure of that endpoint, and bans the endpoint if the rule says so. It is one statement, so that
 * no failure is lost. Deletes the oldest rows beyond the limit.
 */
export async function countFailure({ clientId, endPointUrl }: Subscriber): Promise<void> {
  await database().$executeRaw`
    INSERT INTO legrand_notification_failure AS f (client_id, end_point_url, failures, failed_at)
    SELECT client_id, ${endPointUrl}, 1, ${now()} FROM legrand_application WHERE client_id = ${clientId}::uuid FOR KEY SHARE
    ON CONFLICT (client_id, end_point_url) DO UPDATE SET (failures, failed_at, banned_until) = (
      SELECT n, ${now()}::timestamptz, CASE WHEN n % ${FAILURES_FOR_A_BAN}::int = 0
        THEN ${now()}::timestamptz + least(n / ${FAILURES_FOR_A_BAN}::int, ${LONGEST_BAN_MINUTES}::int) * interval '1 minute' ELSE f.banned_until END
      FROM (SELECT CASE WHEN f.failed_at < ${secondsFromNow(-FAILURES_KEPT_SECONDS)}::timestamptz THEN 1 ELSE f.failures + 1 END AS n) AS counted)`;
  await database().$executeRaw`
    DELETE FROM legrand_notification_failure WHERE client_id = ${clientId}::uuid AND end_point_url IN (
      SELECT end_point_url FROM legrand_notification_failure WHERE client_id = ${clientId}::uuid ORDER BY failed_at DESC OFFSET ${MOST_FAILING_ENDPOINTS})`;
}

/** Forgets endpoints that have not failed since that moment. Returns how many rows were deleted. */
export async function deleteFailuresBefore(moment: Date): Promise<number> {
  return (await database().notificationFailure.deleteMany({ where: { failedAt: { lt: moment } } })).count;
}
