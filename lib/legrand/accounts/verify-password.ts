import { verify } from "@node-rs/argon2";

import { hashInTurn } from "#lib/legrand/accounts/hash-in-turn.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findPassword, type FoundPassword } from "#lib/legrand/accounts/store.ts";

// Of a random password that nobody has: an unknown address takes as long as a wrong password.
const NOBODY =
  "$argon2id$v=19$m=19456,t=2,p=1$c2FuZGJveC1ub2JvZHkxMg$9cVvdmLyBRhzqg5XSKyyhLXqTFAX1lFMSEQzXjVa6bk";

/**
 * Returns the password that signs in to that e-mail address, in any case, or null. The sandbox accounts,
 * whose password is published, sign in only where they are open (`areSandboxAccountsOpen`): a data folder may
 * have moved from a developer's machine to a public one, and the caller may be on another machine.
 */
export async function findOpenPassword(email: string, isSandboxOpen: boolean): Promise<FoundPassword | null> {
  return isSandboxAccount(email) && !isSandboxOpen ? null : findPassword(email);
}

/**
 * Returns true if the password is the one that was found. Takes as long if none was found, so that the time
 * does not show who has an account.
 */
export async function verifyPassword(found: FoundPassword | null, password: string): Promise<boolean> {
  const matches = await hashInTurn(() => verify(found?.passwordDigest ?? NOBODY, password.normalize("NFC")));
  return found !== null && matches;
}
