import { expect, test } from "vitest";

import { onEveryDatabase } from "#tests/unit/every-database.ts";

onEveryDatabase((database) => {
  test("does not acknowledge a transaction whose COMMIT fails, and changes nothing", async () => {
    await database.client.$executeRaw`
      CREATE TABLE checked_at_commit (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)`;
    const twice = database.client.$transaction(async (transaction) => {
      await transaction.$executeRaw`INSERT INTO checked_at_commit VALUES (1)`;
      await transaction.$executeRaw`INSERT INTO checked_at_commit VALUES (1)`;
    });
    await expect(twice).rejects.toThrow();
    expect(await database.client.$queryRaw`SELECT id FROM checked_at_commit`).toEqual([]);
    expect(
      await database.client.$transaction((transaction) => transaction.$queryRaw`SELECT 1 AS one`),
    ).toEqual([{ one: 1 }]);
  });
});
