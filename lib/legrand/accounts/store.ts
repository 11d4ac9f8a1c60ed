import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import { toComparableEmail } from "#lib/email-address.ts";
import type { Account, LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

export type { Account } from "#lib/legrand/accounts/legrand-account.ts";

const PUBLIC = { id: true, email: true, givenName: true, familyName: true, country: true } as const;

/** The account of that identifier, or null. */
export function findAccount(id: string): Promise<Account | null> {
  return database().legrandAccount.findUnique({ where: { id }, select: PUBLIC });
}

/** An account and the digest of its password. */
export type FoundPassword = { accountId: string; passwordDigest: string };

/** Returns the password of the account with that e-mail address, in any case; or null. */
export async function findPassword(email: string): Promise<FoundPassword | null> {
  const row = await database().legrandAccount.findUnique({
    where: { email: toComparableEmail(email) },
    select: { id: true, passwordDigest: true },
  });
  return row && { accountId: row.id, passwordDigest: row.passwordDigest };
}

/** The account of that e-mail address, in any case; or null. */
export function findAccountByEmail(email: string): Promise<Account | null> {
  return database().legrandAccount.findUnique({ where: { email: toComparableEmail(email) }, select: PUBLIC });
}

/** The account whose live session has that digest, or null. */
export async function findAccountOfSession(sessionDigest: string): Promise<Account | null> {
  const [account] = await database().$queryRaw<Account[]>`
    SELECT a.id, a.email, a.given_name AS "givenName", a.family_name AS "familyName", a.country
    FROM legrand_artifact s JOIN legrand_account a ON a.id = s.account_id
    WHERE s.digest = ${sessionDigest} AND s.kind = 'Session' AND s.expires_at > ${now()}`;
  return account ?? null;
}

/** What may be changed of an account beside its password. */
export type PersonalDetails = { givenName: string; familyName: string; country: string };

/** Changes name and country of the account. */
export async function updatePersonalDetails({ id }: LegrandAccount, details: PersonalDetails): Promise<void> {
  await database().legrandAccount.update({ where: { id }, data: details, select: { id: true } });
}

/**
 * Gives the account a new password; every session of it ends, and every link that could set another one dies
 * with them. Only in place of the one that was verified, `before`: false when somebody else changed it since.
 */
export async function updatePassword(
  { id }: LegrandAccount,
  before: string,
  passwordDigest: string,
): Promise<boolean> {
  return database().$transaction(async (transaction) => {
    // First: whoever is starting a session has this row locked (writeArtifacts), and what follows sees what
    // they wrote.
    const { count } = await transaction.legrandAccount.updateMany({
      where: { id, passwordDigest: before },
      data: { passwordDigest },
    });
    if (count === 0) return false;
    await transaction.accountToken.deleteMany({ where: { accountId: id, purpose: "reset_password" } });
    await transaction.artifact.deleteMany({ where: { accountId: id, kind: "Session" } });
    return true;
  });
}
