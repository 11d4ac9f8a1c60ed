import { hash } from "@node-rs/argon2";
import { availableParallelism } from "node:os";
import { runInTurn } from "#lib/run-in-turn.ts";

/**
 * One processor is left for the event loop. If all processors hashed, every request would wait for passwords.
 */
const AT_ONCE = Math.max(1, availableParallelism() - 1);

/**
 * Runs a password hash when its turn comes, in the order of the calls. At most one fewer than the number of
 * processors run at once.
 */
export function hashInTurn<Result>(hash: () => Promise<Result>): Promise<Result> {
  return runInTurn("password hashes", AT_ONCE, hash);
}

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
