import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "vitest";

import { letLoopTurn } from "#lib/db/let-loop-turn.ts";

test("the event loop runs between consecutive statements of the embedded database", async () => {
  const pglite = letLoopTurn(await PGlite.create());
  let turns = 0;
  let isBusy = true;
  const turn = () => {
    turns++;
    if (isBusy) setImmediate(turn);
  };
  setImmediate(turn);
  const end = performance.now() + 200;
  while (performance.now() < end) await pglite.query("SELECT $1::int AS one", [1]);
  isBusy = false;
  await pglite.close();
  expect(turns).toBeGreaterThan(2);
});
