import { verify } from "@node-rs/argon2";

import { findAccountWithPassword, type Account } from "#lib/legrand/accounts/store.ts";

// Of a random password that nobody has: an unknown address takes as long as a wrong password.
const NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c2FuZGJveC1ub2JvZHkxMg$9cVvdmLyBRhzqg5XSKyyhLXqTFAX1lFMSEQzXjVa6bk";

/** The account of that e-mail address when the password is right; null otherwise, without a hint which of them was wrong. */
export async function verifyPassword(email: string, password: string): Promise<Account | null> {
  const account = await findAccountWithPassword(email);
  const matches = await verify(account?.passwordDigest ?? NOBODY, password);
  return account && matches ? account : null;
}
