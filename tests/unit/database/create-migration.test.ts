import { execFile } from "node:child_process";
import { appendFileSync, cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import type { EmbeddedDatabase } from "#lib/db/embedded-database.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createEmbedded } from "#lib/db/embedded.ts";
import { diffFunctions } from "#prisma/diff-functions.ts";
import { readFunctionFiles } from "#prisma/read-function-files.ts";
import { putMigratedDatabase } from "#tests/harness/migrated-folder.ts";

const SECONDS = 180_000;
const files = readFunctionFiles();

/** Returns the files with one text changed by `change`. */
const withChanged = (name: string, change: (text: string) => string) =>
  files.map((file) => (file.name === name ? { name, text: change(file.text) } : file));

describe("the functions of the next migration", () => {
  const folder = mkdtempSync(join(tmpdir(), "legrand-connect-functions-"));
  let pglite: EmbeddedDatabase;
  const diff = (changed: typeof files, schemaSql = "") => diffFunctions(pglite, schemaSql, changed);

  beforeAll(async () => {
    await putMigratedDatabase(folder);
    pglite = await createEmbedded(join(folder, "database"));
  }, SECONDS);
  afterAll(async () => {
    await pglite.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("are none if no file changed, or only comments above a function", async () => {
    expect(await diff(files)).toBe("");
    expect(await diff(withChanged("legrand_digest", (text) => `-- One more comment.\n${text}`))).toBe("");
  });

  test("are the texts of the files that are new or changed, and the database stays unchanged", async () => {
    const changed = withChanged("legrand_grant_json", (text) => text.replace("'lastUsedAt'", "'usedAt'"));
    const added = {
      name: "legrand_new",
      text: "CREATE OR REPLACE FUNCTION legrand_new() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;\n",
    };
    const text = changed.find(({ name }) => name === "legrand_grant_json")!.text;
    expect(await diff([...changed, added])).toBe(`${text}\n${added.text}`);
    expect(await diff(files)).toBe("");
  });

  test("may use what the changes of the schema files add", async () => {
    const name = "legrand_new";
    const text = `CREATE OR REPLACE FUNCTION ${name}(state added_state) RETURNS text LANGUAGE sql RETURN state::text;\n`;
    await expect(diff([...files, { name, text }])).rejects.toThrow(
      /legrand_new\.sql does not run: type added_state does not exist/,
    );
    expect(await diff([...files, { name, text }], "CREATE TYPE added_state AS ENUM ('one')")).toBe(text);
  });

  test("include a DROP for a function whose file was deleted", async () => {
    expect(await diff(files.filter(({ name }) => name !== "legrand_digest"))).toMatch(
      /^-- .*\nDROP ROUTINE legrand_digest\(text\);\n$/,
    );
  });

  test.each([
    ["the name of a parameter", "(value text)", "(secret text)", /does not run: cannot change name/],
    ["the type of the result", "RETURNS text", "RETURNS varchar", /does not run: cannot change return type/],
    [
      "the type of a parameter",
      "(value text)",
      "(value varchar)",
      /changes the parameters of legrand_digest\(text\)/,
    ],
    [
      "the number of parameters",
      "(value text)",
      "(value text, salt text DEFAULT '')",
      /changes the parameters/,
    ],
  ])("are refused if %s changed, because the former version calls it", async (_what, from, to, why) => {
    const refused = diff(withChanged("legrand_digest", (text) => text.replace(from, to)));
    await expect(refused).rejects.toThrow(why);
    await expect(refused).rejects.toThrow(/under another name/);
  });

  test.each([
    ["defines another function", (text: string) => text.replace("FUNCTION legrand_digest", "FUNCTION other")],
    ["defines no function", () => "SELECT 1"],
    ["has a second statement", (text: string) => `${text} SELECT 1;`],
  ])("are refused if a file %s", async (_what, change) => {
    await expect(diff(withChanged("legrand_digest", change))).rejects.toThrow(
      /^prisma\/functions\/legrand_digest\.sql (has to create|does not run: cannot insert multiple commands)/,
    );
  });

  test("are refused with the SQL if the changes of the schema files do not run", async () => {
    await expect(diff(files, "ALTER TABLE missing ADD COLUMN a int")).rejects.toThrow(
      /relation "missing" does not exist[^]*by hand[^]*ALTER TABLE missing ADD COLUMN a int/,
    );
  });
});

test(
  "npm run migration writes the changes of the schema files, then those of the functions",
  { timeout: SECONDS },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "legrand-connect-migration-"));
    try {
      cpSync("prisma", join(folder, "prisma"), { recursive: true });
      const file = join(folder, "prisma/functions/legrand_bound_application_changes.sql");
      const changed = readFileSync(file, "utf8").replace("OFFSET 500", "OFFSET 400");
      writeFileSync(file, changed);
      appendFileSync(join(folder, "prisma/legrand.prisma"), "\nmodel Added {\n  id Int @id\n}\n");
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [resolve("prisma/create-migration.ts"), "fewer_changes"],
        { cwd: folder },
      );
      expect(stdout).toMatch(/^Wrote prisma\/migrations\/\d{14}_fewer_changes\/migration\.sql/);
      const [written] = globSync(join(folder, "prisma/migrations/*_fewer_changes/migration.sql"));
      const sql = readFileSync(written!, "utf8");
      expect(sql).toMatch(/CREATE TABLE "Added"/);
      expect(sql.endsWith(`\n${changed}`)).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
