import { randomUUID } from "node:crypto";

import { hashPassword } from "#lib/legrand/accounts/hash-password.ts";
import { query } from "#tests/harness/database.ts";

/** A Legrand account and its password. */
export type TestAccount = { id: string; email: string; password: string };

// Argon2 is slow on purpose, so all accounts of a worker share one digest.
const PASSWORD = "correct horse battery staple";
let digestOfPassword: Promise<string> | undefined;

type Wanted = {
  id?: string;
  email?: string;
  password?: string;
  givenName?: string;
  familyName?: string;
  country?: string;
  homes?: number | string[];
};

/** The rooms of a home that a test makes. Each is in manual mode at 20 °C, and had 18 °C when it was made. */
export const ROOMS = ["Living room", "Bedroom"];

/**
 * Makes a Legrand account with that many homes, or with homes of those names. Each home has two thermostats.
 */
export async function makeAccount({
  id = randomUUID(),
  email,
  password,
  givenName = "Alix",
  familyName = "Test",
  country = "FR",
  homes = 1,
}: Wanted = {}): Promise<TestAccount> {
  const account = { id, email: email ?? `${id}@example.com`, password: password ?? PASSWORD };
  const passwordDigest = password
    ? await hashPassword(password)
    : await (digestOfPassword ??= hashPassword(PASSWORD));
  await query(
    `INSERT INTO legrand_account (id, email, given_name, family_name, country, password_digest) VALUES ($1::uuid, $2, $3, $4, $5, $6)`,
    id,
    account.email,
    givenName,
    familyName,
    country,
    passwordDigest,
  );
  for (const name of typeof homes === "number"
    ? Array.from({ length: homes }, (_, home) => `Home ${home + 1}`)
    : homes) {
    const plantId = randomUUID();
    await query(
      `INSERT INTO legrand_plant (id, account_id, name, type) VALUES ($1::uuid, $2::uuid, $3, 'home')`,
      plantId,
      id,
      name,
    );
    await query(
      `INSERT INTO legrand_module (id, plant_id, position, name, mode, set_point, temperature, humidity)
       SELECT gen_random_uuid(), $1::uuid, position, name, 'manual', 20, 18, 50 FROM unnest($2::text[]) WITH ORDINALITY AS room(name, position)`,
      plantId,
      ROOMS,
    );
  }
  return account;
}
