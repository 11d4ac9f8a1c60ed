import "server-only";

import { randomUUID } from "node:crypto";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { Tokens } from "#lib/connect/cloud/revoke.ts";
import { revocationContext, type TokenOwner } from "#lib/connect/sealed-tokens/seal-token.ts";
import { decryptOrNull, encrypt, keyIdOf } from "#lib/crypto/encrypt.ts";
import { digest } from "#lib/crypto/digest.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Longer than the longest attempt: two metadata URLs at five seconds each, and two tokens at ten seconds
 * each.
 */
const LEASE_SECONDS = 60;

/** Tokens to revoke, under a lease. When the lease expires, another process may try. */
export type ClaimedRevocation = {
  id: string;
  failedAttempts: number;
  tokens: Tokens;
  unreadableKey: string | null;
};

/**
 * Plaintext tokens of an account at Legrand that must not be used any more. `expiresAt` is when the last of
 * them expires.
 */
export type WipedTokens = Tokens & { owner: TokenOwner; expiresAt: Date };

/**
 * Stores wiped tokens, encrypted in a table of their own, until they are revoked at Legrand. The caller has
 * one minute to revoke them; after that, or after a crash, the background sweep does. Pass the transaction
 * that wipes the tokens.
 */
export async function addPendingRevocations(
  wiped: WipedTokens[],
  transaction: Transaction = database(),
): Promise<ClaimedRevocation[]> {
  const added = wiped.map((tokens) => ({ id: randomUUID(), ...tokens }));
  await transaction.pendingRevocation.createMany({
    data: added.map(({ id, owner, expiresAt, ...tokens }) => ({
      id,
      ownerDigest: digestOf(owner),
      ...seal(id, tokens),
      expiresAt,
      retryAt: secondsFromNow(LEASE_SECONDS),
    })),
  });
  return added.map(({ id, owner: _owner, expiresAt: _expiresAt, ...tokens }) => ({
    id,
    tokens,
    failedAttempts: 0,
    unreadableKey: null,
  }));
}

/** Claims up to `limit` due revocations in one statement, so that only one process gets each. */
export async function claimPendingRevocations(limit: number): Promise<ClaimedRevocation[]> {
  const rows = await database().$queryRaw<
    { id: string; failedAttempts: number; accessToken: string | null; refreshToken: string | null }[]
  >`
    UPDATE connect_pending_revocation SET retry_at = ${secondsFromNow(LEASE_SECONDS)}
    WHERE id IN (
      SELECT id FROM connect_pending_revocation WHERE retry_at <= ${now()} ORDER BY retry_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED)
    RETURNING id, failed_attempts AS "failedAttempts", access_token AS "accessToken", refresh_token AS "refreshToken"`;
  return rows.map(({ accessToken, refreshToken, ...row }) => ({
    ...row,
    ...open(row.id, { accessToken, refreshToken }),
  }));
}

/** Schedules a later attempt. `refreshTokenRevoked` means that only the access token is left to revoke. */
export async function postponeRevocation(
  id: string,
  { refreshTokenRevoked, retryAt }: { refreshTokenRevoked: boolean; retryAt: Date },
): Promise<void> {
  await database().pendingRevocation.updateMany({
    where: { id },
    data: {
      ...(refreshTokenRevoked ? { refreshToken: null } : {}),
      retryAt,
      failedAttempts: { increment: 1 },
    },
  });
}

/** True if these tokens are still to be revoked. */
export async function isPendingRevocation(id: string): Promise<boolean> {
  return (await database().pendingRevocation.count({ where: { id } })) > 0;
}

/** Deletes tokens that are revoked, or that cannot be revoked. */
export async function deletePendingRevocation(id: string): Promise<void> {
  await database().pendingRevocation.deleteMany({ where: { id } });
}

/**
 * Deletes the pending revocations of an account that is connected again. The tokens depend on the grant that
 * the user has just renewed, and revoking them would end it (RFC 7009 §2.1). Runs in the transaction that
 * stores the new tokens.
 */
export async function deleteRevocationsOf(owner: TokenOwner, transaction: Transaction): Promise<void> {
  await transaction.pendingRevocation.deleteMany({ where: { ownerDigest: digestOf(owner) } });
}

/** Deletes tokens that have expired. Returns the number of deleted rows. */
export async function deleteEndedRevocations(): Promise<number> {
  return (await database().pendingRevocation.deleteMany({ where: { expiresAt: { lte: now() } } })).count;
}

/** A digest, so that a row reveals its account only to a reader who already knows the account. */
const digestOf = ({ provider, providerAccountId }: TokenOwner) => digest(`${provider}:${providerAccountId}`);

function seal(id: string, { accessToken, refreshToken }: Tokens): Tokens {
  return {
    accessToken: accessToken && encrypt(accessToken, revocationContext(id, "accessToken")),
    refreshToken: refreshToken && encrypt(refreshToken, revocationContext(id, "refreshToken")),
  };
}

function open(id: string, sealed: Tokens): Pick<ClaimedRevocation, "tokens" | "unreadableKey"> {
  const tokens = {
    accessToken:
      sealed.accessToken && decryptOrNull(sealed.accessToken, revocationContext(id, "accessToken")),
    refreshToken:
      sealed.refreshToken && decryptOrNull(sealed.refreshToken, revocationContext(id, "refreshToken")),
  };
  const unreadable = (["accessToken", "refreshToken"] as const).find(
    (column) => sealed[column] !== null && tokens[column] === null,
  );
  return { tokens, unreadableKey: unreadable ? keyIdOf(sealed[unreadable]!) : null };
}
