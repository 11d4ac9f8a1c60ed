import { setImmediate } from "node:timers/promises";

import type { PGlite } from "@electric-sql/pglite";

/** How long statements may follow each other before the event loop turns. */
const TURN_MS = 10;

/**
 * Lets the event loop turn between statements, every 10 ms. PGlite runs inside the process, and the code that
 * awaits a statement continues in a microtask. Under load, statements would follow each other without end,
 * and the server would accept no connection and read no request. Changes and returns `pglite`. Statements
 * within a transaction are not affected.
 */
export function letLoopTurn(pglite: PGlite): PGlite {
  const query = pglite.query.bind(pglite);
  let turnedAt = performance.now();
  pglite.query = async (...statement) => {
    if (performance.now() - turnedAt >= TURN_MS) {
      await setImmediate();
      turnedAt = performance.now();
    }
    return query(...statement);
  };
  return pglite;
}
