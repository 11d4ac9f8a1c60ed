import { hash } from "@node-rs/argon2";

import { hashInTurn } from "#lib/legrand/accounts/hash-in-turn.ts";

/**
 * Hashes a password with Argon2id: 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet). Returns
 * the hash in PHC string form. The password is first composed (NFC), because one keyboard writes "é" as one
 * character and another as two.
 */
export function hashPassword(password: string): Promise<string> {
  return hashInTurn(() =>
    hash(password.normalize("NFC"), { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
  );
}
