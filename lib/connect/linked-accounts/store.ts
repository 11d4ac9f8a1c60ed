import "server-only";

import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { now } from "#lib/clock.ts";
import type { LinkedAccountEvent } from "#lib/connect/linked-accounts/events/linked-account-event.ts";
import { recordEvent } from "#lib/connect/linked-accounts/events/store.ts";
import { deleteRevocationsOf } from "#lib/connect/revocations/store.ts";
import { sealToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/** The answer of a token endpoint, about to be kept. Times are moments, tokens are plaintext. */
export type Connection = {
  userId: string;
  type: string;
  provider: string;
  providerAccountId: string;
  name: string | null;
  email: string | null;
  accessToken: string;
  refreshToken: string | null;
  tokenType: string | null;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  requestedScopes: string[];
  grantedScopes: string[];
  /** When the answer named the scopes; without it they are only believed to be granted. */
  scopesKnownAt?: Date | null;
};

/**
 * Stores a connection, whether it is the first one, a renewed consent or the return of an account that was
 * disconnected: scopes, tokens and times are the new ones afterwards, and all trouble is over (next-auth
 * leaves an existing row as it is). Tokens are encrypted here, on their way in. A disconnected account
 * becomes that of whoever connects it; a former user who has no account left goes. One that another user
 * connected meanwhile stays theirs, with the new tokens.
 *
 * The refresh token that is replaced is not revoked: a revocation takes the whole grant along (RFC 7009
 * §2.1), which the person and the application have only one of, and with it the tokens that have just been
 * stored. For the same reason a revocation that still waits for Legrand is forgotten.
 */
export function saveConnection(connection: Connection): Promise<void> {
  const { provider, providerAccountId, userId, type } = connection;
  return database().$transaction(async (transaction) => {
    // Of two that store the same new account at once, one waits here for the other, and finds its row.
    await transaction.account.createMany({
      data: { provider, providerAccountId, userId, type, state: "disconnected", disconnectedAt: now() },
      skipDuplicates: true,
    });
    const [before] = await transaction.$queryRaw<Before[]>`
      SELECT id, user_id AS "userId", state::text, granted_scopes AS "grantedScopes" FROM connect_account
      WHERE provider = ${provider} AND provider_account_id = ${providerAccountId} FOR UPDATE`;
    const isReturning = before!.state === "disconnected";
    await transaction.account.update({
      where: { id: before!.id },
      data: { ...connectedValues(connection), ...(isReturning ? { userId, connectedAt: now() } : {}) },
    });
    await deleteRevocationsOf(connection, transaction);
    const event = describeChange(before!, connection);
    if (event) await recordEvent(before!.id, event, transaction);
    if (before!.userId !== userId)
      await (isReturning
        ? forgetEmptyUser(transaction, before!.userId)
        : joinUsers(transaction, userId, before!.userId));
  });
}

async function forgetEmptyUser(transaction: Transaction, id: string): Promise<void> {
  await transaction.user.deleteMany({ where: { id, accounts: { none: {} } } });
}

/** Two browsers connected the same new account at once: a second user without an account is the first one. */
async function joinUsers(transaction: Transaction, empty: string, owner: string): Promise<void> {
  await transaction.session.updateMany({
    where: { userId: empty, user: { accounts: { none: {} } } },
    data: { userId: owner },
  });
  await forgetEmptyUser(transaction, empty);
}

type Before = {
  id: string;
  userId: string;
  state: "connected" | "reconnect_needed" | "disconnected";
  grantedScopes: string[];
};

function connectedValues(connection: Connection) {
  const {
    userId: _userId,
    provider: _provider,
    providerAccountId: _id,
    type: _type,
    accessToken,
    refreshToken,
    ...rest
  } = connection;
  return {
    scopesKnownAt: null,
    ...rest,
    state: "connected" as const,
    authorizedAt: now(),
    accessToken: sealToken(accessToken, connection, "accessToken"),
    refreshToken: refreshToken === null ? null : sealToken(refreshToken, connection, "refreshToken"),
    refreshTokenFinal: false,
    tokenVersion: { increment: 1 },
    refreshLeaseUntil: null,
    refreshedAt: null,
    disconnectedAt: null,
    disconnectReason: null,
    reconnectReason: null,
    withdrawnScopes: [],
    trouble: null,
    failedAttempts: 0,
    retryAt: null,
  };
}

/** What the history says of it; nothing, when somebody has only signed in again. */
function describeChange(before: Before, { grantedScopes }: Connection): LinkedAccountEvent | null {
  const former = before.state === "disconnected" ? [] : before.grantedScopes;
  const detail = {
    added: grantedScopes.filter((scope) => !former.includes(scope)),
    removed: former.filter((scope) => !grantedScopes.includes(scope)),
  };
  if (before.state !== "connected") return { what: "connected", by: "person", detail };
  return detail.added.length || detail.removed.length
    ? { what: "permissions_changed", by: "person", detail }
    : null;
}

const SHOWN = {
  id: true,
  providerAccountId: true,
  name: true,
  email: true,
  state: true,
  requestedScopes: true,
  grantedScopes: true,
  connectedAt: true,
  authorizedAt: true,
  accessTokenExpiresAt: true,
  refreshTokenExpiresAt: true,
  refreshTokenFinal: true,
  reconnectReason: true,
  withdrawnScopes: true,
  trouble: true,
  retryAt: true,
  disconnectedAt: true,
  disconnectReason: true,
  scopesKnownAt: true,
} as const;

/** A linked account as its owner sees it: without a token. */
export type LinkedAccount = Awaited<ReturnType<typeof listLinkedAccounts>>[number];

/** The Legrand accounts that this user connected, the latest first. */
export function listLinkedAccounts(user: SignedInUser) {
  return database().account.findMany({
    where: { userId: user.userId },
    select: SHOWN,
    orderBy: { authorizedAt: "desc" },
  });
}
