import { hash } from "@node-rs/argon2";

import { hashInTurn } from "#lib/legrand/accounts/hash-in-turn.ts";

/**
 * Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), in PHC string form. Of the
 * composed form (NFC): one keyboard writes "é" as one character, another as two.
 */
export function hashPassword(password: string): Promise<string> {
  return hashInTurn(() =>
    hash(password.normalize("NFC"), { memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
  );
}
