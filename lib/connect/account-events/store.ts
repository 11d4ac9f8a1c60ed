import "server-only";

import { now } from "#lib/clock.ts";
import type { LinkedAccountEvent } from "#lib/connect/account-events/linked-account-event.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Entries that are kept in the history of one linked account. Limited because a user can connect and
 * disconnect as often as they like.
 */
const MOST_EVENTS = 1_000;

/**
 * Adds an entry to the history of a linked account. Pass the transaction that makes the recorded change, so
 * that both are written together. Deletes the oldest entries beyond the limit.
 */
export async function recordEvent(
  accountId: string,
  event: LinkedAccountEvent,
  transaction: Transaction = database(),
): Promise<void> {
  await transaction.linkedAccountEvent.create({ data: { accountId, at: now(), ...event } });
  await transaction.$executeRaw`
    DELETE FROM connect_linked_account_event WHERE account_id = ${accountId}::uuid AND at < (
      SELECT at FROM connect_linked_account_event WHERE account_id = ${accountId}::uuid ORDER BY at DESC OFFSET ${MOST_EVENTS - 1} LIMIT 1)`;
}

/**
 * Records a refresh that changed only the tokens. If the latest entry of the history is a refresh too,
 * increments its count instead. An account that is refreshed every hour for years then has one entry and not
 * thousands (decision 25). Uses one statement, inside the transaction that stores the tokens, whose lock on
 * the account keeps other writers from adding an entry in between.
 */
export async function recordRefresh(accountId: string, transaction: Transaction): Promise<void> {
  const at = now();
  await transaction.$executeRaw`
    WITH latest AS (
      SELECT id, what FROM connect_linked_account_event WHERE account_id = ${accountId}::uuid ORDER BY at DESC LIMIT 1
    ), extended AS (
      UPDATE connect_linked_account_event AS event
      SET at = ${at}, detail = jsonb_set(detail, '{count}', to_jsonb((detail->>'count')::int + 1))
      FROM latest WHERE event.id = latest.id AND latest.what = 'refreshed' RETURNING event.id
    )
    INSERT INTO connect_linked_account_event (id, account_id, at, what, by, detail)
    SELECT gen_random_uuid(), ${accountId}::uuid, ${at}, 'refreshed', 'connect', jsonb_build_object('count', 1, 'first', ${at.toISOString()}::text)
    WHERE NOT EXISTS (SELECT FROM extended)`;
}

/**
 * Returns true if this linked account of the user was connected, or its permissions changed, at `moment` or
 * later.
 */
export async function hasChangedSince(
  { userId }: SignedInUser,
  accountId: string,
  moment: Date,
): Promise<boolean> {
  return (
    (await database().linkedAccountEvent.count({
      where: {
        accountId,
        account: { userId },
        at: { gte: moment },
        what: { in: ["connected", "permissions_changed"] },
      },
    })) > 0
  );
}
