import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import type { Account } from "#lib/legrand/accounts/legrand-account.ts";

/** Stores a reset link of the account, under the digest of its token, until that moment. */
export async function addResetToken(accountId: string, digest: string, expiresAt: Date): Promise<void> {
  await database().accountToken.create({
    data: { digest, accountId, purpose: "reset_password", expiresAt },
    select: { digest: true },
  });
}

/** Returns the account of that live reset link, or null. */
export async function findAccountOfReset(digest: string): Promise<Account | null> {
  const row = await database().accountToken.findFirst({
    where: { digest, purpose: "reset_password", expiresAt: { gt: now() } },
    select: {
      account: { select: { id: true, email: true, givenName: true, familyName: true, country: true } },
    },
  });
  return (row?.account ?? null) as Account | null;
}

/**
 * Spends a live reset link. The account gets the password, all its sessions end, and its other reset links
 * are deleted.
 *
 * Works under a lock on the account: of two concurrent uses only one succeeds, and a session that is being
 * started at the same time is visible to the statement that follows. Returns the account, or null if the link
 * is not live.
 */
export async function resetPassword(
  digest: string,
  passwordDigest: string,
): Promise<{ id: string; email: string } | null> {
  const lock = database().$queryRaw`
    SELECT 1 AS locked FROM legrand_account WHERE id = (SELECT account_id FROM legrand_account_token WHERE digest = ${digest}) FOR UPDATE`;
  const [, [row]] = await database().$transaction([
    lock,
    database().$queryRaw<{ id: string; email: string }[]>`
    WITH spent AS (
      DELETE FROM legrand_account_token WHERE digest = ${digest} AND purpose = 'reset_password' AND expires_at > ${now()} RETURNING account_id
    ), others AS (
      DELETE FROM legrand_account_token
      WHERE account_id IN (SELECT account_id FROM spent) AND digest <> ${digest} AND purpose = 'reset_password'
    ), ended AS (
      DELETE FROM legrand_artifact WHERE kind = 'Session' AND account_id IN (SELECT account_id FROM spent)
    )
    UPDATE legrand_account SET password_digest = ${passwordDigest} WHERE id IN (SELECT account_id FROM spent) RETURNING id::text, email`,
  ]);
  return row ?? null;
}

/** Deletes the links that expired before that moment. Returns how many rows were deleted. */
export async function deleteExpiredResetTokens(before: Date): Promise<number> {
  return (await database().accountToken.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
