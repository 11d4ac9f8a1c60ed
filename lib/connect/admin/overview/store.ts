import "server-only";

import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import type { DailyNumber } from "#lib/connect/admin/overview/daily-number.ts";
import { database } from "#lib/db/client.ts";

/**
 * The numbers of each day (UTC) from that one on. The accounts that were connected before it come as one
 * number, of the day before. One statement over the kept numbers, of which there are a few a day however many
 * accounts there are.
 */
export function listDailyNumbers(_admin: AdminUser, from: Date): Promise<DailyNumber[]> {
  return database().$queryRaw<DailyNumber[]>`
    SELECT to_char(greatest(day, ${from}::date - 1), 'YYYY-MM-DD') AS day, name, key, sum(amount)::int AS amount FROM connect_tally
    WHERE name = 'linked' OR (name IN ('connected', 'denied', 'refresh_failed', 'reconnect_needed') AND day >= ${from}::date)
    GROUP BY 1, 2, 3 HAVING sum(amount) <> 0`;
}

/**
 * Adds up the rows of each number: every change has added some. Concurrent calls are done one after the
 * other; nobody waits for them.
 */
export async function compactTally(): Promise<void> {
  await database().$executeRaw`SELECT connect_compact_tally()`;
}
