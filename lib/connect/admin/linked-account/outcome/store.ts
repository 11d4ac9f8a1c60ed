import "server-only";

import { secondsFromNow } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import { database } from "#lib/db/client.ts";

/** After that the page is one that somebody opened again. */
const SAID_FOR_SECONDS = 5 * 60;

/**
 * What the audit log says that this administrator did to an account or its person in one request, just now;
 * the first entry first.
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
