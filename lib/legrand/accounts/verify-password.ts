import { verify } from "@node-rs/argon2";

import { hashInTurn } from "#lib/legrand/accounts/hash-password.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findPassword, type FoundPassword } from "#lib/legrand/accounts/store.ts";

// The hash of a random password that no account has. With it, an unknown address takes as long as a wrong
// password.
const UNKNOWN_ACCOUNT =
  "$argon2id$v=19$m=19456,t=2,p=1$c2FuZGJveC1ub2JvZHkxMg$9cVvdmLyBRhzqg5XSKyyhLXqTFAX1lFMSEQzXjVa6bk";

/**
 * Returns the account and password hash for an e-mail address, in any case, or null. The password of the
 * sandbox accounts is published, so they sign in only if they are open (`areSandboxAccountsOpen`). A data
 * folder may have been moved from a developer's machine to a public one, or the caller may be on another
 * machine.
 */
export async function findOpenPassword(email: string, isSandboxOpen: boolean): Promise<FoundPassword | null> {
  return isSandboxAccount(email) && !isSandboxOpen ? null : findPassword(email);
}

/**
 * Returns true if the password matches the account that was found. Takes as long if no account was found, so
 * that the time does not show who has an account.
 */
export async function verifyPassword(found: FoundPassword | null, password: string): Promise<boolean> {
  const matches = await hashInTurn(() =>
    verify(found?.passwordDigest ?? UNKNOWN_ACCOUNT, password.normalize("NFC")),
  );
  return found !== null && matches;
}
