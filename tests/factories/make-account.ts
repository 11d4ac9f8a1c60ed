import { randomUUID } from "node:crypto";

import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { query } from "#tests/harness/database.ts";

/** A Legrand account and its password. */
export type TestAccount = { id: string; email: string; password: string };

// Argon2 is slow on purpose; one digest serves every account of a worker.
const PASSWORD = "correct horse battery staple";
let digestOfPassword: Promise<string> | undefined;

/** Makes a Legrand account with that many homes. */
export async function makeAccount({ email, password, homes = 1 }: { email?: string; password?: string; homes?: number } = {}): Promise<TestAccount> {
  const id = randomUUID();
  const account = { id, email: email ?? `${id}@example.com`, password: password ?? PASSWORD };
  const passwordDigest = password ? await hashPassword(password) : await (digestOfPassword ??= hashPassword(PASSWORD));
  await query(`INSERT INTO legrand_account (id, email, given_name, family_name, country, password_digest) VALUES ($1::uuid, $2, 'Alix', 'Test', 'FR', $3)`,
    id, account.email, passwordDigest);
  for (let home = 1; home <= homes; home++) {
    await query(`INSERT INTO legrand_plant (id, account_id, name, type) VALUES ($1::uuid, $2::uuid, $3, 'home')`, randomUUID(), id, `Home ${home}`);
  }
  return account;
}
