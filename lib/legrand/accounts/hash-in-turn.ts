import { availableParallelism } from "node:os";

/** The event loop keeps a processor for itself: with all of them hashing, every request would wait for passwords. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);

// One for the process: pages and routes may come from different bundles.
const KEY = Symbol.for("legrand-connect.hashing");
type Hashing = { running: number; waiting: (() => void)[] };
const shared = globalThis as { [KEY]?: Hashing };
const hashing = () => (shared[KEY] ??= { running: 0, waiting: [] });

/** Runs a hash of a password when its turn comes: one fewer at once than the machine has processors, the first caller first. */
export async function hashInTurn<Result>(hash: () => Promise<Result>): Promise<Result> {
  const state = hashing();
  if (state.running < AT_ONCE) state.running++;
  // The hash that ends hands its turn over.
  else await new Promise<void>((resolve) => { state.waiting.push(resolve); });
  try {
    return await hash();
  } finally {
    const next = state.waiting.shift();
    if (next) next();
    else state.running--;
  }
}
