import "server-only";

import { database } from "#lib/db/client.ts";
import type { ExpiryNotice } from "#lib/legrand/expiry-notices/expiry-notice.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const daysAfter = (moment: Date, days: number) => new Date(moment.getTime() + days * DAY_MS);

/**
 * Earlier expiries are ignored: their notices were sent, or there was no recipient. Without this bound, the
 * query would scan every secret that ever existed.
 */
const FORGOTTEN_DAYS = 90;

/**
 * Claims up to `limit` notices that are due at `at`, in one statement. Of several processes, only one gets
 * each notice. A notice is due for the latest threshold that has passed (30 days, 7 days, the expiry), if no
 * notice of that threshold or a later one was claimed. Secrets of Connect's own application are skipped,
 * because it has no developer to notify.
 */
export function claimExpiryNotices(at: Date, limit: number): Promise<ExpiryNotice[]> {
  return database().$queryRaw<ExpiryNotice[]>`
    WITH due AS (
      SELECT s.id, s.notice_sent AS before, threshold
      FROM legrand_client_secret s JOIN legrand_application a USING (client_id),
        LATERAL (SELECT CASE WHEN s.expires_at <= ${at} THEN 0 WHEN s.expires_at <= ${daysAfter(at, 7)} THEN 7 ELSE 30 END AS threshold) t
      WHERE s.expires_at > ${daysAfter(at, -FORGOTTEN_DAYS)} AND s.expires_at <= ${daysAfter(at, 30)}
        AND a.developer_id IS NOT NULL AND (s.notice_sent IS NULL OR s.notice_sent > threshold)
      ORDER BY s.expires_at LIMIT ${limit}::int
      FOR UPDATE OF s SKIP LOCKED
    )
    UPDATE legrand_client_secret s SET notice_sent = due.threshold
    FROM due, legrand_application a JOIN legrand_account d ON d.id = a.developer_id
    WHERE s.id = due.id AND a.client_id = s.client_id
    RETURNING s.id, due.before, due.threshold, s.client_id AS "clientId", a.name AS "applicationName", a.state = 'suspended' AS "isSuspended",
      s.label, s.last_characters AS "lastCharacters", s.expires_at AS "expiresAt", s.last_used_at AS "lastUsedAt", d.email AS "to"`;
}

/**
 * Releases the claims whose mail could not be sent, so that the next sweep tries again. A notice that was
 * claimed again since is not released.
 */
export async function releaseExpiryNotices(notices: ExpiryNotice[]): Promise<void> {
  const claims = JSON.stringify(notices.map(({ id, before, threshold }) => ({ id, before, threshold })));
  await database().$executeRaw`
    UPDATE legrand_client_secret s SET notice_sent = claim.before
    FROM jsonb_to_recordset(${claims}::jsonb) AS claim(id uuid, before smallint, threshold smallint)
    WHERE s.id = claim.id AND s.notice_sent = claim.threshold`;
}
