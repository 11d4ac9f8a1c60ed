import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { accountPageCosts } from "#tests/bench/account-page.ts";
import { firstByteTimes, transferredBytes } from "#tests/bench/consent-page.ts";
import { journey, settle, settleBare } from "#tests/bench/journey.ts";
import {
  apiReads,
  codeFlows,
  emptyPosts,
  rate,
  refreshes,
  type Operation,
  type Person,
} from "#tests/bench/load.ts";
import { residentMegabytes } from "#tests/bench/resident-memory.ts";
import { median, quantile, toAims, toTable, type Figures } from "#tests/bench/report.ts";
import { OPENID_SCOPE, type Target } from "#tests/bench/oauth-client.ts";
import {
  makeAccounts,
  makeHomes,
  makeSubscriptionKeys,
  registerApplication,
  startBare,
} from "#tests/bench/targets.ts";
import { startServer, type TestServer } from "#tests/harness/server.ts";

const CONNECTIONS = 32;
const ROUNDS = 3;
const SECONDS = Number(process.env.BENCH_SECONDS || 8);
const PAGE_VISITS = 100;
const REST_MILLISECONDS = 10_000;
const ACCOUNTS = 20_000;
/**
 * Enough for 32 connections at thousands of calls a second, because a person may make 500 calls with each
 * key.
 */
const SUBSCRIPTION_KEYS = 100;

/** A load and its counterpart at the bare library, with and without an id_token in the answers. */
type Load =
  | "empty"
  | "api"
  | "refresh"
  | "refreshBare"
  | "codeFlow"
  | "codeFlowBare"
  | "refreshOpenid"
  | "refreshOpenidBare"
  | "codeFlowOpenid"
  | "codeFlowOpenidBare";

const say = (text: string) => console.error(`  ${text}`);

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begin = performance.now();
  const result = await work();
  return [result, (performance.now() - begin) / 1000];
}

/** Starts a server twice, first on an empty folder. The second server keeps running. */
async function start(dataDir: string): Promise<{ server: TestServer; start: Figures["start"] }> {
  const [former, first] = await timed(() => startServer({ DATA_DIR: dataDir }));
  await former.stop();
  const [server, second] = await timed(() => startServer({ DATA_DIR: dataDir }));
  process.env.TEST_CONTROL_PORT = String(server.controlPort);
  return { server, start: { first, second } };
}

/**
 * Prepares each load at the beginning of each round: everyone signs in and allows the access, unmeasured.
 * This is repeated every round, because the in-memory adapter forgets all but its last thousand entries.
 */
function loadsOf(
  server: TestServer,
  ours: Target,
  bare: Target,
  nextEmail: () => string,
  keys: string[],
): Record<Load, () => Promise<Operation[]>> {
  const everybody = (settleOne: () => Promise<Person>) =>
    Promise.all(Array.from({ length: CONNECTIONS }, settleOne));
  const here = (target: Target) => everybody(() => settle(target, nextEmail()));
  const there = (target: Target) => everybody(() => settleBare(target));
  const [oursOpenid, bareOpenid] = [
    { ...ours, scope: OPENID_SCOPE },
    { ...bare, scope: OPENID_SCOPE },
  ];
  return {
    empty: async () => emptyPosts(`${server.origin}/api/health`, CONNECTIONS),
    api: async () => apiReads(ours, await here(ours), keys),
    refresh: async () => refreshes(ours, await here(ours)),
    refreshBare: async () => refreshes(bare, await there(bare)),
    codeFlow: async () => codeFlows(ours, await here(ours)),
    codeFlowBare: async () => codeFlows(bare, await there(bare)),
    refreshOpenid: async () => refreshes(oursOpenid, await here(oursOpenid)),
    refreshOpenidBare: async () => refreshes(bareOpenid, await there(bareOpenid)),
    codeFlowOpenid: async () => codeFlows(oursOpenid, await here(oursOpenid)),
    codeFlowOpenidBare: async () => codeFlows(bareOpenid, await there(bareOpenid)),
  };
}

/**
 * Runs each load in turn, in several rounds, so that a busy moment of the machine affects all of them.
 * Returns the medians.
 */
async function measureRates(loads: ReturnType<typeof loadsOf>): Promise<Record<Load, number>> {
  const names = Object.keys(loads) as Load[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Load, number[]>;
  for (const name of names) await rate(await loads[name](), SECONDS / 2);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const name of names) found[name].push(await rate(await loads[name](), SECONDS));
    say(`round ${round}: ${names.map((name) => `${name} ${Math.round(found[name].at(-1)!)}/s`).join(", ")}`);
  }
  return Object.fromEntries(names.map((name) => [name, median(found[name])])) as Record<Load, number>;
}

async function measure(server: TestServer, started: Figures["start"], bare: Target): Promise<Figures> {
  const ours = await registerApplication(server);
  const nextEmail = await makeAccounts(ACCOUNTS);
  await makeHomes();
  const accountPage = await accountPageCosts(ours.issuer);
  const rates = await measureRates(
    loadsOf(server, ours, bare, nextEmail, await makeSubscriptionKeys(SUBSCRIPTION_KEYS)),
  );
  const journeys = await rate(
    Array.from({ length: CONNECTIONS }, () => () => journey(ours, nextEmail())),
    SECONDS,
  );
  const resident = () => ({ ours: residentMegabytes(ours.pid), bare: residentMegabytes(bare.pid) });
  const atEnd = resident();
  await setTimeout(REST_MILLISECONDS);
  const memory = { atEnd, atRest: resident() };
  const times = await firstByteTimes(ours, nextEmail(), PAGE_VISITS);
  return {
    empty: rates.empty,
    api: rates.api,
    accountPage,
    journeys,
    memory,
    start: started,
    refresh: { ours: rates.refresh, bare: rates.refreshBare },
    codeFlow: { ours: rates.codeFlow, bare: rates.codeFlowBare },
    refreshOpenid: { ours: rates.refreshOpenid, bare: rates.refreshOpenidBare },
    codeFlowOpenid: { ours: rates.codeFlowOpenid, bare: rates.codeFlowOpenidBare },
    firstByte: { median: median(times), p95: quantile(times, 0.95) },
    consentBytes: await transferredBytes(ours, nextEmail()),
  };
}

/** Measures rates, pages, memory and starts on a new embedded database, and prints a table and the aims. */
export async function benchRates(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "legrand-connect-bench-"));
  say("Starting the application twice, and the bare library");
  const { server, start: started } = await start(dataDir);
  const { target: bare, stop: stopBare } = await startBare();
  try {
    const figures = await measure(server, started, bare);
    console.log(
      `\n${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s, medians; ${cpus().length} cores shared with the load generator; Node ${process.version}\n`,
    );
    console.log(`${toTable(figures)}\n\n${toAims(figures)}\n`);
  } finally {
    stopBare();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
