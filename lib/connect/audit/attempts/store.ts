import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { AuditAction, AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { database } from "#lib/db/client.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { logError } from "#lib/log.ts";

const HOUR_SECONDS = 60 * 60;
/** So many of one person's attempts an hour are listed: to read, and to act. */
const MOST = { read: 5, act: 60 };
const LONGEST_PATH = 200;

/**
 * Adds to the audit log that somebody tried what they have no role for. A log that nobody can delete from
 * must not be one that anybody can fill: beyond a few an hour and person, the last entry says so, and each
 * further attempt is a line in the server's own log.
 * `path`: the address, where it is known; as much of it as any of ours has.
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
