import "server-only";

import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { now } from "#lib/clock.ts";
import type { LinkedAccountEvent } from "#lib/connect/account-events/linked-account-event.ts";
import { recordEvent } from "#lib/connect/account-events/store.ts";
import { deleteRevocationsOf } from "#lib/connect/disconnecting/pending-revocations.store.ts";
import { sealToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** The answer of a token endpoint that is about to be stored. Tokens are plaintext. */
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
  /**
   * The time at which the answer named the scopes. If it is null, the scopes are only assumed to be granted.
   */
  scopesKnownAt?: Date | null;
};

/**
 * Stores a connection: a first one, a renewed consent, or a reconnected account. Replaces scopes, tokens and
 * times and clears all problems (next-auth alone leaves an existing row unchanged). Encrypts the tokens
 * before they are written.
 *
 * A disconnected account goes to the user who connects it. Its former user is deleted if they have no account
 * left. An account that another user connected in the meantime stays with that user, with the new tokens.
 *
 * The refresh token that is replaced is not revoked. A revocation ends the whole grant (RFC 7009 §2.1), of
 * which there is only one for the person and the application, and with it the tokens that were just stored.
 * For the same reason a pending revocation is deleted.
 */
export function saveConnection(connection: Connection): Promise<void> {
  const { provider, providerAccountId, userId, type } = connection;
  return database().$transaction(async (transaction) => {
    // If two requests store the same new account, one waits here and then finds the other's row.
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

/**
 * Merges two users who connected the same new account at once, in two browsers. Moves the sessions of the
 * second user, who has no account, to the first one, and deletes the second user.
 */
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

/** Returns the history entry for the change, or null if the user only signed in again. */
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

/** A linked account as its owner sees it, without tokens. */
export type LinkedAccount = Awaited<ReturnType<typeof listLinkedAccounts>>[number];

/** Lists the Legrand accounts that this user connected, most recently authorized first. */
export function listLinkedAccounts(user: SignedInUser) {
  return database().account.findMany({
    where: { userId: user.userId },
    select: SHOWN,
    orderBy: { authorizedAt: "desc" },
  });
}

/**
 * Returns the id of a linked account that a form sent. Returns null if the user has no account with this id.
 */
export async function findOwnId({ userId }: SignedInUser, sent: string | null): Promise<string | null> {
  const row = isUuid(sent)
    ? await database().account.findFirst({ where: { id: sent, userId }, select: { id: true } })
    : null;
  return row?.id ?? null;
}

/**
 * Removes the withdrawn scopes of one of the user's accounts for good, because the user accepts their loss:
 * the account is connected with the remaining scopes. Changes nothing else. Idempotent.
 */
export async function acceptWithdrawnScopes(user: SignedInUser, id: string): Promise<void> {
  await database().account.updateMany({
    where: { id, userId: user.userId, state: "reconnect_needed", reconnectReason: "scope_withdrawn" },
    data: { state: "connected", reconnectReason: null, withdrawnScopes: [] },
  });
}
