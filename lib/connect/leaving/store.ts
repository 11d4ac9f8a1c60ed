import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import { recordEvent } from "#lib/connect/linked-accounts/events/store.ts";
import { addPendingRevocations, type ClaimedRevocation, type WipedTokens } from "#lib/connect/revocations/store.ts";
import { openToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/** When a token without a known end is dead at the latest: as long as a refresh token of Legrand's lives without use. */
const LONGEST_LIFETIME_SECONDS = 90 * 24 * 60 * 60;

/** What was wiped: the tokens to be revoked, or null with the reason why there are none; and whether the user is signed out. */
export type Wiped = { isSignedOut: boolean } & ({ revocation: ClaimedRevocation } | { revocation: null; because: "ended" | "unreadable" });

type Held = {
  id: string; provider: string; providerAccountId: string; accessToken: string | null; refreshToken: string | null;
  accessTokenExpiresAt: Date | null; refreshTokenExpiresAt: Date | null;
};

/**
 * Disconnects one of this user's linked accounts, in one transaction: its tokens leave the row and wait for their
 * revocation, the row stays as history, and after the last connected one the user's sessions end. A refresh that is under
 * way finds another `token_version` and stores nothing. Null when it was not this user's, or disconnected already.
 */
export function wipeLinkedAccount(user: SignedInUser, id: string): Promise<Wiped | null> {
  return database().$transaction(async (transaction) => {
    const [held] = await lockHeld(transaction, user, id);
    if (!held) return null;
    const [revocation = null] = await addPendingRevocations(tokensOf([held]), transaction);
    await transaction.account.update({ where: { id }, data: {
      state: "disconnected", disconnectedAt: now(), accessToken: null, refreshToken: null, accessTokenExpiresAt: null, refreshTokenExpiresAt: null,
      tokenVersion: { increment: 1 }, refreshLeaseUntil: null, reconnectReason: null, trouble: null, failedAttempts: 0, retryAt: null,
    } });
    await recordEvent(id, { what: "disconnected", by: "person", detail: {} }, transaction);
    const isSignedOut = await endSessionsWithoutAccount(transaction, user);
    return revocation ? { revocation, isSignedOut } : { revocation, isSignedOut, because: hasTokens(held) ? "unreadable" : "ended" };
  });
}

/**
 * Deletes a user with everything that Connect stores about them, in one transaction: linked accounts, their history,
 * sessions. Their tokens alone stay, without a name, until Legrand has been told: `revocations`. `unreadable`: how many accounts had
 * tokens that nobody can read, and so give back.
 */
export function deleteUser(user: SignedInUser): Promise<{ revocations: ClaimedRevocation[]; unreadable: number }> {
  return database().$transaction(async (transaction) => {
    const held = await lockHeld(transaction, user);
    const revocations = await addPendingRevocations(tokensOf(held), transaction);
    await transaction.user.deleteMany({ where: { id: user.userId } });
    return { revocations, unreadable: held.filter(hasTokens).length - revocations.length };
  });
}

/** The rows with tokens of that user, or the one of that id, for this transaction alone: a refresh or a second click waits. */
function lockHeld(transaction: Transaction, { userId }: SignedInUser, id: string | null = null): Promise<Held[]> {
  return transaction.$queryRaw<Held[]>`
    SELECT id, provider, provider_account_id AS "providerAccountId", access_token AS "accessToken", refresh_token AS "refreshToken",
      access_token_expires_at AS "accessTokenExpiresAt", refresh_token_expires_at AS "refreshTokenExpiresAt"
    FROM connect_account WHERE user_id = ${userId}::uuid AND state <> 'disconnected' AND (${id}::uuid IS NULL OR id = ${id}::uuid)
    ORDER BY id FOR UPDATE`;
}

/** Where Legrand ended the access there is none any more, and nothing that it would have to be told. */
const hasTokens = ({ accessToken, refreshToken }: Held) => accessToken !== null || refreshToken !== null;

/** A token whose key is gone cannot be given back: it is dropped. */
function tokensOf(rows: Held[]): WipedTokens[] {
  return rows.map((held) => ({
    owner: { provider: held.provider, providerAccountId: held.providerAccountId },
    accessToken: held.accessToken && openToken(held.accessToken, held, "accessToken"),
    refreshToken: held.refreshToken && openToken(held.refreshToken, held, "refreshToken"),
    expiresAt: held.refreshTokenExpiresAt ?? held.accessTokenExpiresAt ?? secondsFromNow(LONGEST_LIFETIME_SECONDS),
  })).filter(({ accessToken, refreshToken }) => accessToken !== null || refreshToken !== null);
}

async function endSessionsWithoutAccount(transaction: Transaction, { userId }: SignedInUser): Promise<boolean> {
  if ((await transaction.account.count({ where: { userId, state: { not: "disconnected" } } })) > 0) return false;
  await transaction.session.deleteMany({ where: { userId } });
  return true;
}
