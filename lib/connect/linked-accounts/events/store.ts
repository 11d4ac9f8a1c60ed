import "server-only";

import { now } from "#lib/clock.ts";
import type { LinkedAccountEvent } from "#lib/connect/linked-accounts/events/linked-account-event.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/** Writes an entry into the history of a linked account; within a transaction, together with what it tells of. */
export async function recordEvent(accountId: string, event: LinkedAccountEvent, transaction: Transaction = database()): Promise<void> {
  await transaction.linkedAccountEvent.create({ data: { accountId, at: now(), ...event } });
}
