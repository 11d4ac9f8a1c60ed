import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { lockDataFolder } from "#lib/db/lock.ts";
import { temporaryFolder } from "#tests/unit/environment.ts";

/** Creates a data folder with a database, kept mail and secrets. */
function dataFolder(): string {
  const folder = temporaryFolder();
  for (const name of ["database", "mail"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "file"), "");
  }
  writeFileSync(join(folder, "secrets.json"), "{}");
  return folder;
}

function reset(folder: string, environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["lib/server/operator/reset-database.ts"], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: "", DATA_DIR: folder, ...environment },
  });
  return { status, said: stdout + stderr };
}

const left = (folder: string) =>
  ["database", "mail", "secrets.json"].filter((name) => existsSync(join(folder, name)));

describe("npm run db:reset", () => {
  test("deletes the embedded database and the kept mail, and leaves the secrets", () => {
    const folder = dataFolder();
    expect(reset(folder)).toMatchObject({ status: 0 });
    expect(left(folder)).toEqual(["secrets.json"]);
    expect(reset(folder)).toEqual({
      status: 0,
      said: `There is no database in ${folder}. Nothing was changed.\n`,
    });
  });

  test("refuses while a server uses the data folder", () => {
    const folder = dataFolder();
    const release = lockDataFolder(folder);
    const { status, said } = reset(folder);
    release();
    expect(status).toBe(1);
    expect(said).toContain(`is in use by process ${process.pid}`);
    expect(left(folder)).toHaveLength(3);
  });

  test("refuses if DATABASE_URL names a PostgreSQL database", () => {
    const folder = dataFolder();
    const { status, said } = reset(folder, { DATABASE_URL: "postgresql://localhost/legrand" });
    expect(status).toBe(1);
    expect(said).toContain("DATABASE_URL is set. Nothing was changed.");
    expect(left(folder)).toHaveLength(3);
  });
});
