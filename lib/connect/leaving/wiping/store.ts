import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { endRole } from "#lib/connect/roles/store.ts";
import type { Tokens } from "#lib/connect/cloud/revoke.ts";
import type { LinkedAccountEvent } from "#lib/connect/linked-accounts/events/linked-account-event.ts";
import { recordEvent } from "#lib/connect/linked-accounts/events/store.ts";
import {
  addPendingRevocations,
  type ClaimedRevocation,
  type WipedTokens,
} from "#lib/connect/revocations/store.ts";
import { openToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import { REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/tokens/token-lifetimes.ts";
import type { Transaction } from "#lib/db/client.ts";

/**
 * What was wiped: the tokens to be revoked, or null where there were none; whether some could not be read,
 * and whether the user is signed out.
 */
export type Wiped = { revocation: ClaimedRevocation | null; isUnreadable: boolean; isSignedOut: boolean };

/**
 * Who disconnects an account, as its history tells it; the reason of an administrator is shown to the person.
 */
export type Disconnection = Extract<LinkedAccountEvent, { what: "disconnected" }>;

/** A row with tokens, locked. */
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
 * Disconnects a locked account (`lockUser`, then `lockHeld`) of that user: its tokens leave the row and wait
 * for their revocation, the row stays as history, and after the last connected one the user's sessions end,
 * and their role. A refresh that is under way finds another
 * `token_version` and stores nothing. Whoever disconnects, this is what happens.
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
 * One leaves at a time: of two last accounts that are disconnected at once, each would take the other for one
 * that stays, and end no session. And an account that is just being connected is either seen here, or finds
 * no user.
 */
export async function lockUser(transaction: Transaction, userId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM connect_user WHERE id = ${userId}::uuid FOR UPDATE`;
}

/**
 * The rows with tokens of that user, or the one of that id, for this transaction alone: a refresh or a second
 * click waits.
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
 * The tokens of those rows. One whose key is gone cannot be given back: it is dropped. `unreadable`: how many
 * rows keep an access that way which Legrand does not hear of; one whose tokens had ended and were wiped
 * before is none of them.
 */
export function openTokens(rows: Held[]): { tokens: WipedTokens[]; unreadable: number } {
  const opened = rows.map((held) => ({
    owner: { provider: held.provider, providerAccountId: held.providerAccountId },
    accessToken: held.accessToken && openToken(held.accessToken, held, "accessToken"),
    refreshToken: held.refreshToken && openToken(held.refreshToken, held, "refreshToken"),
    // A token without a known end is dead after that at the latest.
    expiresAt:
      held.refreshTokenExpiresAt ??
      held.accessTokenExpiresAt ??
      secondsFromNow(REFRESH_TOKEN_LIFETIME_SECONDS),
  }));
  // The refresh token is the access; without one the access token is.
  const isLost = (held: Held, { accessToken, refreshToken }: Tokens) =>
    held.refreshToken ? refreshToken === null : held.accessToken !== null && accessToken === null;
  return {
    tokens: opened.filter(({ accessToken, refreshToken }) => accessToken !== null || refreshToken !== null),
    unreadable: rows.filter((held, index) => isLost(held, opened[index]!)).length,
  };
}

/** Whether that account is the only way in that its user has. */
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
