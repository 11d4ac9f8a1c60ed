import { expect, test } from "vitest";

import { inTurn } from "#lib/legrand/logos/in-turn.ts";

test("draws two logos at once, queues eight, and asks the next person to come back; a failed drawing passes its turn on", async () => {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const work = (value: number) => () =>
    new Promise<number>((resolve, reject) => {
      most = Math.max(most, ++running);
      ends.push(() => {
        running--;
        return value === 3 ? reject(new Error("failed")) : resolve(value);
      });
    });
  const all = Array.from({ length: 11 }, (_, index) => inTurn(work(index)).catch(() => "failed"));
  while (ends.length) {
    ends.shift()!();
    await new Promise(setImmediate);
  }
  expect(await Promise.all(all)).toEqual([0, 1, 2, "failed", 4, 5, 6, 7, 8, 9, null]);
  expect(most).toBe(2);
  const last = inTurn(work(99));
  ends.shift()!();
  expect(await last).toBe(99);
});
