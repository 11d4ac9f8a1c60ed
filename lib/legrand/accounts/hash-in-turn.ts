import { availableParallelism } from "node:os";

import { runInTurn } from "#lib/run-in-turn.ts";

/**
 * The event loop keeps a processor for itself: with all of them hashing, every request would wait for
 * passwords.
 */
const AT_ONCE = Math.max(1, availableParallelism() - 1);

/**
 * Runs a hash of a password when its turn comes: one fewer at once than the machine has processors, the first
 * caller first.
 */
export function hashInTurn<Result>(hash: () => Promise<Result>): Promise<Result> {
  return runInTurn("password hashes", AT_ONCE, hash);
}
