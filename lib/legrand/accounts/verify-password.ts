import { verify } from "@node-rs/argon2";

import { env } from "#lib/env.ts";
import { SANDBOX_ACCOUNTS } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findAccountWithPassword, type Account } from "#lib/legrand/accounts/store.ts";

// Of a random password that nobody has: an unknown address takes as long as a wrong password.
const NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c2FuZGJveC1ub2JvZHkxMg$9cVvdmLyBRhzqg5XSKyyhLXqTFAX1lFMSEQzXjVa6bk";

/**
 * The account of that e-mail address when the password is right; null otherwise, without a hint which of them was wrong.
 * The sandbox accounts, whose password is published, sign in only where they are offered: a data folder may have moved from
 * a developer's machine to a public one.
 */
export async function verifyPassword(email: string, password: string): Promise<Account | null> {
  const account = isClosed(email) ? null : await findAccountWithPassword(email);
  const matches = await verify(account?.passwordDigest ?? NOBODY, password);
  return account && matches ? account : null;
}

const isClosed = (email: string) =>
  !env().sandbox?.accounts && SANDBOX_ACCOUNTS.some((account) => account.email === email.toLowerCase());
