import "server-only";

import { now } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { database } from "#lib/db/client.ts";

const INSPECTED = {
  id: true,
  userId: true,
  providerAccountId: true,
  name: true,
  email: true,
  state: true,
  requestedScopes: true,
  grantedScopes: true,
  withdrawnScopes: true,
  connectedAt: true,
  authorizedAt: true,
  refreshedAt: true,
  accessTokenExpiresAt: true,
  refreshTokenExpiresAt: true,
  refreshTokenFinal: true,
  reconnectReason: true,
  trouble: true,
  failedAttempts: true,
  retryAt: true,
  disconnectedAt: true,
  disconnectReason: true,
  user: { select: { id: true, name: true, email: true, role: true, createdAt: true } },
} as const;

/** A linked account as administrators see it, with its user: everything except tokens. */
export type InspectedAccount = NonNullable<Awaited<ReturnType<typeof findInspectedAccount>>>;

/** Returns any user's linked account, or null if none has this id (a UUID). */
export function findInspectedAccount(_admin: AdminUser, id: string) {
  return database().account.findUnique({ where: { id }, select: INSPECTED });
}

/** How many other accounts of a user are listed. A search finds the rest. */
export const LISTED_OTHERS = 20;

/**
 * Lists the user's other linked accounts, most recently connected first. Returns one more than are shown if
 * there are more.
 */
export function listOtherAccounts(_admin: AdminUser, { id, userId }: InspectedAccount) {
  return database().account.findMany({
    where: { userId, id: { not: id } },
    orderBy: [{ connectedAt: "desc" }, { id: "desc" }],
    take: LISTED_OTHERS + 1,
    select: {
      id: true,
      name: true,
      email: true,
      providerAccountId: true,
      state: true,
      connectedAt: true,
      reconnectReason: true,
      withdrawnScopes: true,
      trouble: true,
      retryAt: true,
      refreshTokenExpiresAt: true,
      refreshTokenFinal: true,
      disconnectedAt: true,
    },
  });
}

/** Counts the browsers in which the user is signed in. */
export function countSessions(_admin: AdminUser, { userId }: InspectedAccount): Promise<number> {
  return database().session.count({ where: { userId, expires: { gt: now() } } });
}
