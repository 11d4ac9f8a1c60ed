import { inTransaction, type BulkConnection } from "#lib/server/load/bulk-connection.ts";
import { SEEDED_PREFIX } from "#lib/server/load/draw-account.ts";
import { countSeeded } from "#lib/server/load/load-accounts.ts";

const BATCH = 10_000;

/**
 * Removes what `loadAccounts` created: accounts, their history, users without another account, and their
 * share of the daily numbers, as if they had never existed. Entries of the audit log stay, because it is
 * append-only. Returns the number of removed accounts.
 */
export async function removeAccounts(
  connection: BulkConnection,
  say: (done: number, total: number) => void,
): Promise<number> {
  const total = await countSeeded(connection);
  say(0, total);
  for (let done = 0; done < total; done += BATCH) {
    await inTransaction(connection, async () => {
      for (const sql of [CHOOSE, UNCOUNT, EVENTS, ACCOUNTS, USERS]) await connection.query(sql);
    });
    say(Math.min(total, done + BATCH), total);
  }
  return total;
}

const CHOOSE = `
  CREATE TEMPORARY TABLE seeded ON COMMIT DROP AS
  SELECT id, user_id, provider_account_id, state, connected_at, disconnected_at FROM connect_account
  WHERE provider_account_id LIKE '${SEEDED_PREFIX}%' ORDER BY id LIMIT ${BATCH} FOR UPDATE`;

/**
 * Subtracts the accounts from each number that counted them, and compensates the number that deleting the
 * accounts is about to add.
 */
const UNCOUNT = `
  INSERT INTO connect_tally (day, name, key, amount)
  SELECT day, name, key, sum(amount) FROM (
    SELECT (connected_at AT TIME ZONE 'UTC')::date AS day, 'linked' AS name, '' AS key, -1 AS amount FROM seeded
    UNION ALL SELECT (disconnected_at AT TIME ZONE 'UTC')::date, 'linked', '', 1 FROM seeded WHERE state = 'disconnected'
    UNION ALL SELECT (now() AT TIME ZONE 'UTC')::date, 'linked', '', 1 FROM seeded WHERE state <> 'disconnected'
    UNION ALL SELECT (connected_at AT TIME ZONE 'UTC')::date, 'denied', '', -1 FROM seeded WHERE provider_account_id LIKE '%0'
    UNION ALL SELECT (e.at AT TIME ZONE 'UTC')::date, e.what, coalesce(e.detail->>'reason', ''), -1
      FROM connect_linked_account_event e JOIN seeded ON e.account_id = seeded.id WHERE e.what IN ('connected', 'refresh_failed', 'reconnect_needed')
  ) AS change GROUP BY day, name, key HAVING sum(amount) <> 0`;

const EVENTS = "DELETE FROM connect_linked_account_event USING seeded WHERE account_id = seeded.id";
const ACCOUNTS = "DELETE FROM connect_account USING seeded WHERE connect_account.id = seeded.id";
const USERS = `
  DELETE FROM connect_user USING (SELECT DISTINCT user_id FROM seeded) AS emptied
  WHERE connect_user.id = emptied.user_id AND NOT EXISTS (SELECT 1 FROM connect_account WHERE connect_account.user_id = emptied.user_id)`;
