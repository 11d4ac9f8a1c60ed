import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { digest } from "#lib/crypto/digest.ts";
import type { Transaction } from "#lib/db/client.ts";
import { listFunctions, type SqlFunction } from "#prisma/list-functions.ts";
import { readFunctionFiles } from "#prisma/read-function-files.ts";
import { onEveryDatabase } from "#tests/unit/every-database.ts";

const files = readFunctionFiles();

class RolledBack extends Error {}

onEveryDatabase((database) => {
  const functionsOf = (client: Pick<Transaction, "$queryRawUnsafe">): Promise<SqlFunction[]> =>
    // The statement is the one that npm run migration sends without Prisma.
    listFunctions((sql) => client.$queryRawUnsafe(sql));

  /** Runs the text in a transaction that is rolled back. Returns the functions that the database then has. */
  async function functionsAfter(text: string): Promise<SqlFunction[]> {
    let functions: SqlFunction[] = [];
    const rolledBack = database.client.$transaction(async (transaction) => {
      // The statement is the text of a file. PostgreSQL refuses a text with two statements here.
      await transaction.$executeRawUnsafe(text);
      functions = await functionsOf(transaction);
      throw new RolledBack();
    });
    await expect(rolledBack).rejects.toThrow(RolledBack);
    return functions;
  }

  test("each function of the migrated database has a file in prisma/functions, and each file a function", async () => {
    const names = (await functionsOf(database.client)).map(({ name }) => name);
    expect(names).toEqual(files.map(({ name }) => name));
  });

  test.each(files.map(({ name, text }) => [name, text]))(
    "prisma/functions/%s.sql is what the migrations made",
    async (name, text) => {
      const before = await functionsOf(database.client);
      const after = await functionsAfter(text);
      expect(after.filter(({ isWritten }) => isWritten).map((written) => written.name)).toEqual([name]);
      expect(after.map(({ definition }) => definition)).toEqual(before.map(({ definition }) => definition));
    },
  );

  test("a changed body, a changed volatility and a function without a file are noticed", async () => {
    const text = files.find(({ name }) => name === "legrand_digest")!.text;
    const before = await functionsOf(database.client);
    const definitions = before.map(({ definition }) => definition);
    for (const changed of [
      text.replace("'+/', '-_'", "'+/', '_-'"),
      text.replace("sql STABLE", "sql VOLATILE"),
    ])
      expect((await functionsAfter(changed)).map(({ definition }) => definition)).not.toEqual(definitions);
    const added = await functionsAfter(text.replace("legrand_digest", "without_a_file"));
    expect(added.map(({ name }) => name)).toContain("without_a_file");
    expect(await functionsOf(database.client)).toEqual(before);
  });

  test("legrand_digest alone computes digests, and returns what lib/crypto/digest.ts returns (decision 53)", async () => {
    const hashing = files.filter(({ text }) => /sha256\(/.test(text));
    expect(hashing.map(({ name }) => name)).toEqual(["legrand_digest"]);
    for (const value of ["", "Émile", ...Array.from({ length: 50 }, () => randomUUID())])
      expect(await database.client.$queryRaw`SELECT legrand_digest(${value}) AS digest`).toEqual([
        { digest: digest(value) },
      ]);
  });
});
