import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";

/** A Legrand account, without its password. */
export type Account = { id: string; email: string; givenName: string; familyName: string; country: string };

const PUBLIC = { id: true, email: true, givenName: true, familyName: true, country: true } as const;

/** The account of that identifier, or null. */
export function findAccount(id: string): Promise<Account | null> {
  return database().legrandAccount.findUnique({ where: { id }, select: PUBLIC });
}

/** The account of that e-mail address, in any case, with the digest of its password; or null. */
export function findAccountWithPassword(email: string): Promise<(Account & { passwordDigest: string }) | null> {
  return database().legrandAccount.findUnique({
    where: { email: email.toLowerCase() },
    select: { ...PUBLIC, passwordDigest: true },
  });
}

/** The account whose live session has that digest, or null. */
export async function findAccountOfSession(sessionDigest: string): Promise<Account | null> {
  const [account] = await database().$queryRaw<Account[]>`
    SELECT a.id, a.email, a.given_name AS "givenName", a.family_name AS "familyName", a.country
    FROM legrand_artifact s JOIN legrand_account a ON a.id = s.account_id
    WHERE s.digest = ${sessionDigest} AND s.kind = 'Session' AND s.expires_at > ${now()}`;
  return account ?? null;
}

/** Ends every session of that account, but the one of that digest if there is one. */
export async function deleteSessions(accountId: string, exceptDigest: string | null = null): Promise<void> {
  await database().artifact.deleteMany({ where: { accountId, kind: "Session", ...(exceptDigest ? { digest: { not: exceptDigest } } : {}) } });
}
