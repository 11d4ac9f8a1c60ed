import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import { toComparableEmail } from "#lib/email-address.ts";
import type { Account, LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

export type { Account } from "#lib/legrand/accounts/legrand-account.ts";

const PUBLIC = { id: true, email: true, givenName: true, familyName: true, country: true } as const;

/** Returns the account with this id, or null. */
export function findAccount(id: string): Promise<Account | null> {
  return database().legrandAccount.findUnique({ where: { id }, select: PUBLIC }) as Promise<Account | null>;
}

/** An account and the Argon2id hash of its password. */
export type FoundPassword = { accountId: string; passwordDigest: string };

/** Returns the password hash of the account with this e-mail address, in any case, or null. */
export async function findPassword(email: string): Promise<FoundPassword | null> {
  const row = await database().legrandAccount.findUnique({
    where: { email: toComparableEmail(email) },
    select: { id: true, passwordDigest: true },
  });
  return row && { accountId: row.id, passwordDigest: row.passwordDigest };
}

/** Returns the account with this e-mail address, in any case, or null. */
export function findAccountByEmail(email: string): Promise<Account | null> {
  return database().legrandAccount.findUnique({
    where: { email: toComparableEmail(email) },
    select: PUBLIC,
  }) as Promise<Account | null>;
}

/** Returns the account of the live session with this digest, or null. */
export async function findAccountOfSession(sessionDigest: string): Promise<Account | null> {
  const [account] = await database().$queryRaw<Account[]>`
    SELECT a.id, a.email, a.given_name AS "givenName", a.family_name AS "familyName", a.country
    FROM legrand_artifact s JOIN legrand_account a ON a.id = s.account_id
    WHERE s.digest = ${sessionDigest} AND s.kind = 'Session' AND s.expires_at > ${now()}`;
  return account ?? null;
}

/** The fields of an account that can be changed, except its password. */
export type PersonalDetails = { givenName: string; familyName: string; country: string };

/** Changes the name and country of the account. */
export async function updatePersonalDetails({ id }: LegrandAccount, details: PersonalDetails): Promise<void> {
  await database().legrandAccount.update({ where: { id }, data: details, select: { id: true } });
}

/**
 * Sets a new password, ends every session of the account, and deletes every link that could set another
 * password. Returns false, and changes nothing, if the verified password, `before`, has been replaced since.
 */
export async function updatePassword(
  { id }: LegrandAccount,
  before: string,
  passwordDigest: string,
): Promise<boolean> {
  return database().$transaction(async (transaction) => {
    // This statement comes first. A request that is starting a session has this row locked
    // (`writeArtifacts`), so the statements after it see what that request wrote.
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
