import "server-only";

import { randomUUID } from "node:crypto";

import { now, secondsFromNow } from "#lib/clock.ts";
import type { Tokens } from "#lib/connect/cloud/revoke.ts";
import { revocationContext } from "#lib/connect/revocations/revocation-context.ts";
import type { TokenOwner } from "#lib/connect/sealed-tokens/seal-token.ts";
import { decryptOrNull, encrypt, keyIdOf } from "#lib/crypto/encrypt.ts";
import { digest } from "#lib/crypto/digest.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Longer than the longest attempt: two addresses of the metadata, five seconds each, and two tokens, ten
 * seconds each.
 */
const LEASE_SECONDS = 60;

/** Tokens to be given back; whoever holds it has until the lease ends, then somebody else may try. */
export type ClaimedRevocation = {
  id: string;
  failedAttempts: number;
  tokens: Tokens;
  unreadableKey: string | null;
};

/**
 * Tokens in plaintext that nobody is to use any more, of that account at Legrand; `expiresAt` is when the
 * last of them ends by itself.
 */
export type WipedTokens = Tokens & { owner: TokenOwner; expiresAt: Date };

/**
 * Keeps tokens that are wiped from linked accounts until Legrand has been told, as ciphertext in a place of
 * their own. They belong to the caller for a minute; after that, or a crash, the sweep takes them. Within a
 * transaction, together with the wiping.
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

/** Claims up to `limit` of those that are due, in one statement: of several processes one gets each. */
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

/** Keeps tokens for a later attempt; `refreshTokenRevoked`: only the access token is left to be revoked. */
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

/** Whether those tokens are still to be revoked. */
export async function isPendingRevocation(id: string): Promise<boolean> {
  return (await database().pendingRevocation.count({ where: { id } })) > 0;
}

/** Forgets tokens that are revoked, or that nobody can revoke. */
export async function deletePendingRevocation(id: string): Promise<void> {
  await database().pendingRevocation.deleteMany({ where: { id } });
}

/**
 * Forgets the tokens of an account that is connected again: they hang on the grant that the person has just
 * renewed, and their revocation would end it (RFC 7009 §2.1). Within the transaction that stores the new
 * ones.
 */
export async function deleteRevocationsOf(owner: TokenOwner, transaction: Transaction): Promise<void> {
  await transaction.pendingRevocation.deleteMany({ where: { ownerDigest: digestOf(owner) } });
}

/** Forgets tokens that have ended by themselves. Returns how many rows went. */
export async function deleteEndedRevocations(): Promise<number> {
  return (await database().pendingRevocation.deleteMany({ where: { expiresAt: { lte: now() } } })).count;
}

/** Says of no row whose it was, unless one knows the account. */
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
