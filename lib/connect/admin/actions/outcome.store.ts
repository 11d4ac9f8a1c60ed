import "server-only";

import { secondsFromNow } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { database } from "#lib/db/client.ts";

/** How long a result is shown. Later, the page is assumed to have been reopened. */
const SAID_FOR_SECONDS = 5 * 60;

/**
 * Lists what this administrator has just done to an account or its user, in one request. Returns audit log
 * entries, oldest first.
 */
export function listJustDone({ userId }: AdminUser, targetIds: string[], requestId: string) {
  return database().auditEntry.findMany({
    where: {
      targetId: { in: targetIds },
      actorId: userId,
      requestId,
      at: { gte: secondsFromNow(-SAID_FOR_SECONDS) },
    },
    orderBy: { id: "asc" },
    take: 5,
    select: { action: true, outcome: true, detail: true },
  });
}
