import { setImmediate } from "node:timers/promises";

import type { PGlite } from "@electric-sql/pglite";

/** Statements may follow each other for so long before everything else gets its turn. */
const TURN_MS = 10;

/**
 * Lets the event loop turn between statements, every 10 ms. PGlite works within the process, and what waits
 * for a statement goes on in a microtask: under load one statement would follow another without an end, and
 * the server would accept no connection and read no request. Changes and returns `pglite`; what runs within a
 * transaction is left as it is.
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
