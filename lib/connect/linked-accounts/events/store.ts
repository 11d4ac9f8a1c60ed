import "server-only";

import { now } from "#lib/clock.ts";
import type { LinkedAccountEvent } from "#lib/connect/linked-accounts/events/linked-account-event.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Entries of one linked account's history that are kept: a person can connect and disconnect as often as they
 * like.
 */
const MOST_EVENTS = 1_000;

/**
 * Writes an entry into the history of a linked account; within a transaction, together with what it tells of.
 * Beyond the bound the oldest go.
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
 * Notes a refresh that changed nothing but the tokens: if the latest entry of the history is one too, it
 * counts one more, so that an account that is refreshed every hour for years has one entry more and not
 * thousands (decision 25). One statement; within the transaction that stores the tokens, whose lock on the
 * account keeps others from adding an entry meanwhile.
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

/** True if that linked account was connected, or its permissions changed, at that moment or later. */
export async function hasChangedSince(accountId: string, moment: Date): Promise<boolean> {
  return (
    (await database().linkedAccountEvent.count({
      where: { accountId, at: { gte: moment }, what: { in: ["connected", "permissions_changed"] } },
    })) > 0
  );
}
