import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { AuditAction, AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { database } from "#lib/db/client.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { logError } from "#lib/log.ts";

const HOUR_SECONDS = 60 * 60;
/** Most attempts per user and hour that are written to the audit log: to read, and to act. */
const MOST = { read: 5, act: 60 };
const LONGEST_PATH = 200;

/**
 * Records in the audit log that a user tried something for which they have no role. Entries cannot be
 * deleted, so it must not be possible to fill the log. Beyond a few entries per user and hour, the last entry
 * says so, and each further attempt is a line in the server's own log. `path` is the URL's path, if known,
 * cut to a length that is enough for all our own paths.
 */
export async function recordAttempt(
  { actorId, actor, requestId, address }: AuditOrigin,
  action: AuditAction,
  { path }: { path?: string } = {},
): Promise<void> {
  if (isReadOnlyRequest()) return;
  const isReading = action === "admin.enter";
  const most = isReading ? MOST.read : MOST.act;
  const added = await database().$executeRaw`
    INSERT INTO connect_audit_entry (at, request_id, actor_id, actor, action, outcome, target_type, target, address, detail)
    SELECT ${now()}, ${requestId}, ${actorId}::uuid, ${actor}, ${action}, 'refused', '', '', ${address},
      ${JSON.stringify({ reason: "no_role", ...(path === undefined ? {} : { path: path.slice(0, LONGEST_PATH) }) })}::jsonb || CASE WHEN seen.count = ${most - 1}::int THEN '{"further":"server_log"}'::jsonb ELSE '{}'::jsonb END
    FROM (
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM connect_audit_entry
        WHERE actor_id = ${actorId}::uuid AND at > ${secondsFromNow(-HOUR_SECONDS)} AND outcome = 'refused' AND (action = 'admin.enter') = ${isReading}::boolean
        LIMIT ${most}
      ) recent
    ) seen WHERE seen.count < ${most}::int`;
  if (added === 0)
    logError(
      requestId,
      "administration",
      new Error(`User ${actorId} without the role tried ${action} again`),
    );
}
