import { verify } from "@node-rs/argon2";

import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findPassword, type FoundPassword } from "#lib/legrand/accounts/store.ts";

// Of a random password that nobody has: an unknown address takes as long as a wrong password.
const NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c2FuZGJveC1ub2JvZHkxMg$9cVvdmLyBRhzqg5XSKyyhLXqTFAX1lFMSEQzXjVa6bk";

/**
 * Whose password it is when it is right, the account's of that e-mail address or that of a sign-up which waits for its
 * confirmation, with the digest that it matched: by the time somebody acts on it, it may be another one. Null otherwise,
 * without a hint which of the two was wrong, by answer or by time. The sandbox accounts, whose password is published, sign in
 * only where they are offered (`areSandboxAccountsOpen`): a data folder may have moved from a developer's machine to a public one, and the
 * caller may be on another machine.
 */
export async function verifyPassword(email: string, password: string, isSandboxOpen: boolean): Promise<FoundPassword | null> {
  const found = isSandboxAccount(email) && !isSandboxOpen ? null : await findPassword(email);
  const matches = await verify(found?.passwordDigest ?? NOBODY, password.normalize("NFC"));
  return found && matches ? found : null;
}
