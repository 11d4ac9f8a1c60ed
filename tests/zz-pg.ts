import { findPostgres, startPostgres } from "#tests/harness/postgres.ts";
import { spawnSync } from "node:child_process";
const p = findPostgres(); if (!p) throw new Error("no pg");
const pg = await startPostgres(p);
const { spawn } = await import("node:child_process");
const c = spawn("vitest", ["run", "--project", "unit", ...process.argv.slice(2)], { env: { ...process.env, TEST_DATABASE_URL: pg.url }, stdio: "inherit" });
await new Promise((r) => c.on("exit", r));
await pg.stop();
