import "server-only";

import { secondsFromNow } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import { database } from "#lib/db/client.ts";

/** How long a result is shown. Later, the page is assumed to have been reopened. */
const SAID_FOR_SECONDS = 5 * 60;

/**
 * Lists the audit log entries of what this administrator has just done, in one request, to an account or its
 * user. Oldest entry first.
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
