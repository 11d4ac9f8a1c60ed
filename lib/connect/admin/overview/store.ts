import "server-only";

import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import type { DailyNumber } from "#lib/connect/admin/overview/daily-number.ts";
import { database } from "#lib/db/client.ts";

/**
 * Lists the daily numbers (UTC) from a day on. Accounts that were connected before that day are summed up in
 * one number, for the day before. Uses one statement over the stored numbers, of which there are a few per
 * day, however many accounts there are.
 */
export function listDailyNumbers(_admin: AdminUser, from: Date): Promise<DailyNumber[]> {
  return database().$queryRaw<DailyNumber[]>`
    SELECT to_char(greatest(day, ${from}::date - 1), 'YYYY-MM-DD') AS day, name, key, sum(amount)::int AS amount FROM connect_tally
    WHERE name = 'linked' OR (name IN ('connected', 'denied', 'refresh_failed', 'reconnect_needed') AND day >= ${from}::date)
    GROUP BY 1, 2, 3 HAVING sum(amount) <> 0`;
}

/**
 * Merges the rows of each number into one; every change has added some rows. Concurrent calls run one after
 * the other. No request waits for them. Takes no proof: a background job.
 */
export async function compactTally(): Promise<void> {
  await database().$executeRaw`SELECT connect_compact_tally()`;
}
