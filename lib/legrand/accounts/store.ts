import "server-only";

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
