import { hash } from "@node-rs/argon2";

/**
 * Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), in PHC string form. Of the composed form
 * (NFC): one keyboard writes "é" as one character, another as two.
 */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}
