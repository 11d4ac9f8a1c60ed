import { verify } from "@node-rs/argon2";

import { env } from "#lib/env.ts";
import { isSandboxAccount } from "#lib/legrand/accounts/sandbox-accounts.ts";
import { findPassword, type FoundPassword } from "#lib/legrand/accounts/store.ts";

// Of a random password that nobody has: an unknown address takes as long as a wrong password.
const NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c2FuZGJveC1ub2JvZHkxMg$9cVvdmLyBRhzqg5XSKyyhLXqTFAX1lFMSEQzXjVa6bk";

/**
 * Returns the account of that e-mail address if the password is right, with the digest that it matched: by the time the caller acts on
 * it, the account may have another one. Null otherwise, without a hint which of the two was wrong, by answer or by time. The sandbox accounts, whose password is published, sign in
 * only where they are offered: a data folder may have moved from a developer's machine to a public one.
 */
export async function verifyPassword(email: string, password: string): Promise<FoundPassword | null> {
  const found = isClosed(email) ? null : await findPassword(email);
  const matches = await verify(found?.passwordDigest ?? NOBODY, password.normalize("NFC"));
  return found && matches ? found : null;
}

const isClosed = (email: string) => !env().sandbox?.accounts && isSandboxAccount(email);
