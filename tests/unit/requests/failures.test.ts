import { expect, test } from "vitest";

import { markDatabaseFailure, wasDatabaseFailure } from "#lib/http/database-failure.ts";

const outage = Object.assign(new Error("unreachable"), { name: "PrismaClientInitializationError" });

test("distinguishes a failure of the database from a bug, once", () => {
  markDatabaseFailure("outage", outage);
  markDatabaseFailure("bug", new TypeError("undefined is not a function"));
  expect(["outage", "outage", "bug", "never heard of"].map(wasDatabaseFailure)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("forgets the oldest failures, so that a long outage does not fill the memory", () => {
  for (let i = 0; i < 5_000; i++) markDatabaseFailure(`request-${i}`, outage);
  expect([wasDatabaseFailure("request-0"), wasDatabaseFailure("request-4999")]).toEqual([false, true]);
});
