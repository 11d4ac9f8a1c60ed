import "server-only";

import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { database } from "#lib/db/client.ts";

const LINKED_ACCOUNT = {
  id: true,
  provider: true,
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
  disconnectedAt: true,
  disconnectReason: true,
  accessTokenExpiresAt: true,
  refreshTokenExpiresAt: true,
  refreshTokenFinal: true,
  scopesKnownAt: true,
  scopesAskedAt: true,
  reconnectReason: true,
  trouble: true,
  failedAttempts: true,
  retryAt: true,
  events: { select: { at: true, what: true, by: true, detail: true }, orderBy: { at: "asc" } },
} as const;

/**
 * Reads everything that Connect stores about this user: every column except tokens and digests, including
 * disconnected accounts. Returns null if the user has just been deleted.
 */
export function findUserData({ userId }: SignedInUser) {
  return database().user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      createdAt: true,
      accounts: { select: LINKED_ACCOUNT, orderBy: { connectedAt: "asc" } },
      sessions: { select: { expires: true }, orderBy: { expires: "asc" } },
    },
  });
}

/** The stored data of a user, as it is shown and downloaded. */
export type UserData = NonNullable<Awaited<ReturnType<typeof findUserData>>>;
