// npm test: runs every check and prints a line for each step. The last line has the totals.
// npm test -- unit e2e: runs only these steps, and what they need.
// npm run test:protocol -- refresh: runs one step, with the test files whose path contains a word.
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { buildIfStale, generateIfStale } from "#lib/server/boot/build.ts";
import { completeSecrets } from "#lib/server/boot/secrets.ts";
import { IMPORT_RULES } from "#tests/harness/list-cruised.ts";
import { keepScratchInMemory } from "#tests/harness/scratch-in-memory.ts";
import { findPostgres, startPostgres, type TestPostgres } from "#tests/harness/postgres.ts";
import { startSharedServer, type TestServer } from "#tests/harness/server.ts";
import {
  addTallies,
  formatTally,
  NONE,
  oneFailed,
  onePassed,
  oneSkipped,
  readPlaywrightReport,
  readVitestReport,
  type Tally,
} from "#tests/harness/tally.ts";
import { runTool, type ToolResult } from "#tests/harness/tool.ts";
import { areLibrariesSkipped, SKIPPED } from "#tests/protocol/compatibility/install-libraries.ts";

/** Protocol tests that depend most on the database. They also run on PostgreSQL. */
const ON_POSTGRES = [
  "code-exchange",
  "protocol/refresh.test",
  "concurrency",
  "third-party-access",
  "shared-homes",
  "client-secrets",
  "protocol/applications",
  "stale-password",
  "known-browser",
  "smarther-setting",
  "smarther-notifications",
  "home-control",
  "admin-",
  "administration",
  "protocol/roles",
  "overview",
];
/** Needs PostgreSQL, on which it starts its own two servers. */
const SEVERAL_INSTANCES = "two-instances";

// Every tool, worker and server below compiles the same packages, so the first one stores the result for the
// others.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/legrand-connect-tests/compiled");

keepScratchInMemory();
const scratch = mkdtempSync(join(tmpdir(), "legrand-connect-tests-"));
const stops: (() => Promise<void>)[] = [];

/** Made at the first call. All callers share it, and it is stopped at the end. */
function once<T extends { stop: () => Promise<void> }>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () =>
    (made ??= make().then((thing) => {
      stops.push(thing.stop);
      return thing;
    }));
}

const postgresPrograms = findPostgres();
const postgres = once(() => startPostgres(postgresPrograms!));
const application = once(() => startSharedServer());
const applicationOnPostgres = once(async () =>
  startSharedServer(await postgresEnvironment(await postgres())),
);

async function postgresEnvironment(cluster: TestPostgres): Promise<Record<string, string>> {
  const environment: NodeJS.ProcessEnv = { NODE_ENV: "production" };
  completeSecrets(environment, join(scratch, "postgres"), false);
  return {
    ...(environment as Record<string, string>),
    DATABASE_URL: await cluster.createDatabase("application"),
  };
}

const separator = process.argv.indexOf("--", 2);
const stepNames = process.argv.slice(2, separator < 0 ? undefined : separator);
/** Words that the paths of test files must contain. Without any, all files run. */
const filters = separator < 0 ? [] : process.argv.slice(separator + 1);

/** Prints the output of a tool if it failed, or if single files were requested. */
function show({ ok, output }: ToolResult): void {
  if (!ok || filters.length > 0) console.log(output);
}

/** Counts a tool that only succeeds or fails as one test. */
async function check(tool: Promise<ToolResult>): Promise<Tally> {
  const result = await tool;
  show(result);
  return result.ok ? onePassed : oneFailed;
}

/**
 * Counts the tests of a tool, and prints its output if it failed. A failure without a failed test counts as
 * one.
 */
function count(result: ToolResult, read: (path: string) => Tally, path: string): Tally {
  show(result);
  const tally = read(path);
  return result.ok || tally.failed ? tally : addTallies(tally, oneFailed);
}

async function vitest(project: string, paths: string[], environment: Record<string, string>): Promise<Tally> {
  const report = join(scratch, `${project.replace("*", "")}-${stops.length}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...paths,
  ];
  return count(await runTool("vitest", args, environment), readVitestReport, report);
}

const addressOf = ({ origin, controlPort, dataDir }: TestServer) => ({
  TEST_ORIGIN: origin,
  TEST_CONTROL_PORT: String(controlPort),
  TEST_DATA_DIR: dataDir,
});

/**
 * Starting PostgreSQL takes longer than most tests, so it is left out if no requested test file of that folder
 * can use it.
 */
const wantsPostgres = (folder: string) =>
  filters.length === 0 ||
  globSync(`${folder}/**/*.test.ts`, { exclude: ["**/node_modules"] })
    .filter((path) => filters.some((filter) => path.includes(filter)))
    .some((path) => /every-database|TEST_DATABASE_URL/.test(readFileSync(path, "utf8")));

async function unit(): Promise<Tally> {
  if (!wantsPostgres("tests/unit")) return vitest("unit*", filters, {});
  if (postgresPrograms) return vitest("unit*", filters, { TEST_DATABASE_URL: (await postgres()).url });
  console.log(
    "  Without PostgreSQL the database tests run on the embedded database only (Debian: apt-get install postgresql).",
  );
  return vitest("unit*", filters, {});
}

async function protocol(): Promise<Tally> {
  if (areLibrariesSkipped()) console.log(`  ${SKIPPED}`);
  return vitest("protocol*", [`--exclude=tests/protocol/${SEVERAL_INSTANCES}.test.ts`, ...filters], {
    ...addressOf(await application()),
    ...(postgresPrograms && wantsPostgres("tests/protocol") && { TEST_DATABASE_URL: (await postgres()).url }),
  });
}

async function protocolOnPostgres(): Promise<Tally> {
  if (postgresPrograms)
    return vitest("protocol*", filters.length > 0 ? filters : [...ON_POSTGRES, SEVERAL_INSTANCES], {
      ...addressOf(await applicationOnPostgres()),
      TEST_DATABASE_URL: (await postgres()).url,
    });
  console.log("  Skipped: there is no PostgreSQL on this machine (Debian: apt-get install postgresql).");
  return oneSkipped;
}

async function endToEnd(): Promise<Tally> {
  // Throws if there is no browser, and lists the ways to get one.
  (await import("#tests/harness/find-browser.ts")).findBrowser();
  const report = join(scratch, "e2e.json");
  const environment = { ...addressOf(await application()), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const result = await runTool(
    "@playwright/test",
    [
      "test",
      "--config",
      "tests/playwright.config.ts",
      "--reporter=list,json,./tests/harness/stall-reporter.ts",
      ...filters,
    ],
    environment,
    "playwright",
  );
  return count(result, readPlaywrightReport, report);
}

async function checkImports(): Promise<ToolResult> {
  const outputs: string[] = [];
  for (const { config, list } of IMPORT_RULES) {
    const args = ["--config", config, "--output-type", "err-long", ...list(".")];
    const result = await runTool("dependency-cruiser", args, {}, "depcruise");
    if (!result.ok) return result;
    outputs.push(result.output);
  }
  return { ok: true, output: outputs.join("") };
}

/** Tests that need a build count as failed without one. */
let isBuilt = false;
const onBuild = (work: () => Promise<Tally>) => () =>
  isBuilt ? work() : Promise.reject(new Error("There is no build to test."));

const ALWAYS = "generate";
const steps: Record<string, () => Promise<Tally>> = {
  generate: () => generateIfStale().then(() => NONE),
  format: () => check(runTool("prettier", ["--check", "--log-level", "warn", "."])),
  types: () => check(runTool("typescript", ["--noEmit"], {}, "tsc")),
  lint: () => check(runTool("eslint", [".", "--max-warnings", "0"])),
  imports: () => check(checkImports()),
  dead: () => check(runTool("knip", ["--no-progress"])),
  unit,
  build: () =>
    buildIfStale().then(() => {
      isBuilt = true;
      return NONE;
    }),
  protocol: onBuild(protocol),
  postgres: onBuild(protocolOnPostgres),
  e2e: onBuild(endToEnd),
};

/**
 * The lanes of a group run side by side, the steps of a lane one after the other, and the groups in turn. A
 * tool uses one processor. The unit tests leave a part of a processor to the build. The protocol tests mostly
 * wait: for each other's rows, for mail, for a lease. When those on PostgreSQL have ended, lint uses what they
 * leave.
 */
const GROUPS = [
  [
    ["format", "types"],
    ["imports", "dead"],
  ],
  [["unit"], ["build"]],
  [["protocol"], ["postgres", "lint"]],
  [["e2e"]],
];
const NEEDS_BUILD = ["protocol", "postgres", "e2e"];

function selectSteps(names: string[]): string[] {
  const unknown = names.filter((name) => !(name in steps));
  if (unknown.length)
    throw new Error(
      `There is no step ${unknown.join(", ")}. The steps are: ${Object.keys(steps).join(", ")}`,
    );
  if (names.length === 0) return Object.keys(steps);
  const build = names.some((name) => NEEDS_BUILD.includes(name)) ? ["build"] : [];
  return Object.keys(steps).filter((name) => [ALWAYS, ...build, ...names].includes(name));
}

async function runStep(name: string): Promise<Tally> {
  const begin = performance.now();
  console.log(`${name} …`);
  const tally = await steps[name]!().catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    return oneFailed;
  });
  const verdict = tally === NONE ? "done" : formatTally(tally);
  console.log(`${name}: ${verdict} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  return tally;
}

async function runInOrder(names: string[]): Promise<Tally> {
  let tally = NONE;
  for (const name of names) tally = addTallies(tally, await runStep(name));
  return tally;
}

async function runSteps(names: string[]): Promise<Tally> {
  let tally = await runInOrder(names.filter((name) => name === ALWAYS));
  for (const lanes of GROUPS) {
    const tallies = lanes.map((lane) => runInOrder(lane.filter((name) => names.includes(name))));
    tally = (await Promise.all(tallies)).reduce(addTallies, tally);
  }
  return tally;
}

async function cleanUp(): Promise<void> {
  await Promise.all(stops.map((stop) => stop()));
  rmSync(scratch, { recursive: true, force: true });
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));

let total = NONE;
try {
  total = await runSteps(selectSteps(stepNames));
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  total = addTallies(total, oneFailed);
} finally {
  await cleanUp();
}
console.log(formatTally(total));
process.exit(total.failed ? 1 : 0);
