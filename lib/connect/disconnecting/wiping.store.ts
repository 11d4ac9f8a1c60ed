import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { endRole } from "#lib/connect/roles/store.ts";
import type { Tokens } from "#lib/connect/cloud/revoke.ts";
import type { LinkedAccountEvent } from "#lib/connect/account-events/linked-account-event.ts";
import { recordEvent } from "#lib/connect/account-events/store.ts";
import {
  addPendingRevocations,
  type ClaimedRevocation,
  type WipedTokens,
} from "#lib/connect/disconnecting/pending-revocations.store.ts";
import { openToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import { ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/sealed-tokens/token-lifetimes.ts";
import type { Transaction } from "#lib/db/client.ts";

/**
 * What was wiped. `revocation` holds the tokens to revoke, or null if there were none. `isUnreadable` is true
 * if some could not be decrypted, and `isSignedOut` if the user is signed out.
 */
export type Wiped = { revocation: ClaimedRevocation | null; isUnreadable: boolean; isSignedOut: boolean };

/** Who disconnects an account, for its history. An administrator's reason is shown to the user. */
export type Disconnection = Extract<LinkedAccountEvent, { what: "disconnected" }>;

/** A locked row with tokens. */
export type Held = {
  id: string;
  provider: string;
  providerAccountId: string;
  accessToken: string | null;
  refreshToken: string | null;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  connectedAt: Date;
};

/**
 * Disconnects an account of the user that is already locked (`lockUser`, then `lockHeld`). Moves its tokens
 * from the row to the pending revocations and keeps the row as history. After the user's last connected
 * account, also ends their sessions and their role. A refresh that is under way finds another `token_version`
 * and stores nothing. Used for every kind of disconnect.
 */
export async function wipeHeld(
  transaction: Transaction,
  userId: string,
  held: Held,
  disconnection: Disconnection,
  origin: AuditOrigin,
): Promise<Wiped> {
  const { tokens, unreadable } = openTokens([held]);
  const [revocation = null] = await addPendingRevocations(tokens, transaction);
  await transaction.account.update({
    where: { id: held.id },
    data: {
      state: "disconnected",
      disconnectedAt: now(),
      disconnectReason: disconnection.by === "administrator" ? disconnection.detail.reason : null,
      accessToken: null,
      refreshToken: null,
      accessTokenExpiresAt: null,
      refreshTokenExpiresAt: null,
      tokenVersion: { increment: 1 },
      refreshLeaseUntil: null,
      reconnectReason: null,
      trouble: null,
      failedAttempts: 0,
      retryAt: null,
    },
  });
  await recordEvent(held.id, disconnection, transaction);
  return {
    revocation,
    isUnreadable: unreadable > 0,
    isSignedOut: await endWithoutAccount(transaction, userId, origin),
  };
}

/**
 * Locks a user, so that only one account is disconnected at a time. Otherwise two last accounts that are
 * disconnected at once would each see the other as still connected, and the sessions would not end. The lock
 * also covers an account that is just being connected: either it is seen here, or it finds no user.
 */
export async function lockUser(transaction: Transaction, userId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM connect_user WHERE id = ${userId}::uuid FOR UPDATE`;
}

/**
 * Locks and returns the user's rows with tokens, or only the row with this id. A concurrent refresh or a
 * second click waits until the transaction ends.
 */
export function lockHeld(
  transaction: Transaction,
  userId: string,
  id: string | null = null,
): Promise<Held[]> {
  return transaction.$queryRaw<Held[]>`
    SELECT id, provider, provider_account_id AS "providerAccountId", access_token AS "accessToken", refresh_token AS "refreshToken",
      access_token_expires_at AS "accessTokenExpiresAt", refresh_token_expires_at AS "refreshTokenExpiresAt", connected_at AS "connectedAt"
    FROM connect_account WHERE user_id = ${userId}::uuid AND state <> 'disconnected' AND (${id}::uuid IS NULL OR id = ${id}::uuid)
    ORDER BY id FOR UPDATE`;
}

/**
 * Decrypts the tokens of these rows. A token whose key is gone cannot be revoked, so it is dropped.
 * `unreadable` is the number of rows whose access therefore stays at Legrand. A row whose tokens had ended
 * and were wiped before does not count.
 */
export function openTokens(rows: Held[]): { tokens: WipedTokens[]; unreadable: number } {
  const opened = rows.map((held) => ({
    owner: { provider: held.provider, providerAccountId: held.providerAccountId },
    accessToken: held.accessToken && openToken(held.accessToken, held, "accessToken"),
    refreshToken: held.refreshToken && openToken(held.refreshToken, held, "refreshToken"),
    // If no end is known, the token has expired by then at the latest.
    expiresAt:
      held.refreshTokenExpiresAt ??
      held.accessTokenExpiresAt ??
      secondsFromNow(ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS),
  }));
  // The refresh token represents the access; without a refresh token, the access token does.
  const isLost = (held: Held, { accessToken, refreshToken }: Tokens) =>
    held.refreshToken ? refreshToken === null : held.accessToken !== null && accessToken === null;
  return {
    tokens: opened.filter(({ accessToken, refreshToken }) => accessToken !== null || refreshToken !== null),
    unreadable: rows.filter((held, index) => isLost(held, opened[index]!)).length,
  };
}

/** True if this account is the only one with which its user can sign in. */
export async function isOnlyConnected(
  transaction: Transaction,
  userId: string,
  { id }: Pick<Held, "id">,
): Promise<boolean> {
  return (
    (await transaction.account.count({
      where: { userId, id: { not: id }, state: { not: "disconnected" } },
    })) === 0
  );
}

async function endWithoutAccount(
  transaction: Transaction,
  userId: string,
  origin: AuditOrigin,
): Promise<boolean> {
  if ((await transaction.account.count({ where: { userId, state: { not: "disconnected" } } })) > 0)
    return false;
  await transaction.session.deleteMany({ where: { userId } });
  await endRole(userId, origin, "last_account", transaction);
  return true;
}
