import { availableParallelism } from "node:os";

import { describe, expect, test } from "vitest";

import { hashInTurn } from "#lib/legrand/accounts/hash-password.ts";

const MOST = Math.max(1, availableParallelism() - 1);

describe("password hashing leaves one processor to the event loop (issue 10, 5)", () => {
  test("runs at most that many hashes at once, in the order of their callers", async () => {
    const [begun, running]: [number[], Set<number>] = [[], new Set()];
    let most = 0;
    const hash = async (index: number) => {
      begun.push(index);
      most = Math.max(most, running.add(index).size);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      running.delete(index);
      return index;
    };
    const indexes = Array.from({ length: MOST * 3 + 1 }, (_, index) => index);
    expect(await Promise.all(indexes.map((index) => hashInTurn(() => hash(index))))).toEqual(indexes);
    expect(begun).toEqual(indexes);
    expect(most).toBe(MOST);
  });

  test("a failed hash passes its turn on", async () => {
    const failed = Array.from({ length: MOST * 2 }, () =>
      hashInTurn(() => Promise.reject(new Error("no memory"))),
    );
    for (const { status } of await Promise.allSettled(failed)) expect(status).toBe("rejected");
    expect(await hashInTurn(() => Promise.resolve("hashed"))).toBe("hashed");
  });
});
