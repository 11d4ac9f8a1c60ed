import "server-only";

import { LONGEST_EXPORT_SECONDS } from "#lib/connect/admin/exports/store.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";

/** Each holds a connection of the pool, as long as its reader takes. */
const MOST_AT_ONCE = 2;
/** A reader who takes nothing for so long is broken off: an open snapshot keeps what is deleted meanwhile from being cleaned up. */
const IDLE_TIMEOUT_MS = 10 * 60_000;

const KEY = Symbol.for("legrand-connect.export-snapshots");
const shared = ((globalThis as { [KEY]?: { open: number } })[KEY] ??= { open: 0 });

/** Whether a snapshot can be held open: never on the embedded database, whose one connection everybody needs. */
export const canHoldSnapshot = (): boolean => env().databaseUrl !== undefined && shared.open < MOST_AT_ONCE;

/** The database as it is in this moment, for one reader, until `close` is called. Rejects when there is no connection for it. */
export async function openSnapshot(): Promise<{ snapshot: Transaction; close: () => Promise<void> }> {
  const [opened, closed] = [Promise.withResolvers<Transaction>(), Promise.withResolvers<void>()];
  shared.open++;
  const held = database().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true),
      set_config('idle_in_transaction_session_timeout', ${String(IDLE_TIMEOUT_MS)}, true)`;
    opened.resolve(transaction);
    await closed.promise;
  }, { isolationLevel: "RepeatableRead", timeout: LONGEST_EXPORT_SECONDS * 1000 }).finally(() => { shared.open--; });
  held.catch(opened.reject);
  // Nothing was written: how it ends changes nothing.
  return { snapshot: await opened.promise, close: async () => { closed.resolve(); await held.catch(() => {}); } };
}
