import "server-only";

import { secondsFromNow } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

/** How long an attempt is kept. */
const KEPT_SECONDS = 30 * 24 * 60 * 60;
/** Maximum number of kept attempts of an application. The oldest are deleted. */
const MOST_KEPT = 10_000;

/**
 * Deletes attempts that are older than 30 days, and those of an application beyond its 10,000 newest. Returns
 * the number of deleted rows.
 */
export async function sweepAttempts(mostKept: number = MOST_KEPT): Promise<number> {
  const old = await database().$executeRaw`
    DELETE FROM legrand_request_attempt WHERE at < ${secondsFromNow(-KEPT_SECONDS)}::timestamptz`;
  const surplus = await database().$executeRaw`
    DELETE FROM legrand_request_attempt WHERE id IN (
      SELECT beyond.id FROM
        (SELECT client_id FROM legrand_request_attempt GROUP BY client_id HAVING count(*) > ${mostKept}::int) full_ones
        CROSS JOIN LATERAL (SELECT id FROM legrand_request_attempt a WHERE a.client_id = full_ones.client_id
          ORDER BY at DESC, id DESC OFFSET ${mostKept}::int) beyond)`;
  return old + surplus;
}
