import { setTimeout as sleep } from "node:timers/promises";

import { atBoth, type Both, type ComparedRun } from "#tests/bench/groups/compared-run.ts";
import { prepareRefreshes } from "#tests/bench/groups/growth.ts";
import { showNumber, showRatio, toMarkdownTable } from "#tests/bench/markdown-table.ts";
import { rate } from "#tests/bench/load.ts";
import { canReadProcesses, readTree } from "#tests/bench/process-tree.ts";
import type { MeasuredServer } from "#tests/bench/servers/measured-server.ts";
import { CONNECTIONS, ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";
import { compare } from "#tests/bench/statistics.ts";

const REST_MILLISECONDS = 10_000;
const EVERY_MS = 250;
const AIM_MEGABYTES = 400;

/** Resident memory of all processes of `npm start`, in megabytes of 1,000,000 bytes. */
type Memory = { afterStart: number; peaks: number[]; ends: number[]; atRest: number };

const megabytes = ({ pid }: MeasuredServer) => readTree(pid).megabytes;

/**
 * Measures memory at rest after the start, while 32 connections refresh, and at rest after that. Returns the
 * table, or a sentence where processes cannot be read.
 */
export async function benchMemory(run: ComparedRun): Promise<string> {
  if (!canReadProcesses()) return "Memory is not measured: this system has no /proc.";
  const memory = await measureMemory(run);
  return `${toMemoryTable(memory, run.theirs?.name ?? null)}\n\n${toMemoryAim(memory.ours)}`;
}

async function measureMemory(run: ComparedRun): Promise<Both<Memory>> {
  await sleep(REST_MILLISECONDS);
  const begun = await atBoth(run, async (server): Promise<Memory> => ({
    afterStart: megabytes(server),
    peaks: [],
    ends: [],
    atRest: 0,
  }));
  const of = (server: MeasuredServer) => (server === run.ours ? begun.ours : begun.theirs!);
  for (let round = 1; round <= ROUNDS; round++) {
    await atBoth(run, (server) => loadOnce(server, of(server)));
    say(`round ${round}: at the end ${showNumber(begun.ours.ends.at(-1)!)} MB`);
  }
  await sleep(REST_MILLISECONDS);
  await atBoth(run, async (server) => (of(server).atRest = megabytes(server)));
  return begun;
}

async function loadOnce(server: MeasuredServer, memory: Memory): Promise<void> {
  const operations = await prepareRefreshes(server, CONNECTIONS);
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, megabytes(server))), EVERY_MS);
  await rate(operations, SECONDS).finally(() => clearInterval(timer));
  memory.peaks.push(peak);
  memory.ends.push(megabytes(server));
}

function toMemoryTable({ ours, theirs }: Both<Memory>, theirName: string | null): string {
  const rows: [string, (memory: Memory) => number[]][] = [
    ["at rest, 10 s after the start", ({ afterStart }) => [afterStart]],
    [`peak while ${CONNECTIONS} connections refresh`, ({ peaks }) => peaks],
    ["at the end of the load", ({ ends }) => ends],
    ["at rest, 10 s after the load", ({ atRest }) => [atRest]],
  ];
  return toMarkdownTable(
    ["resident memory, MB", "this checkout", ...(theirName ? [theirName, "ratio", "spread"] : [])],
    rows.map(([name, values]) => {
      const found = compare(values(ours), values(theirs ?? ours));
      const beside = [
        showNumber(found.theirs),
        showRatio(found.ratio),
        `${showRatio(found.from)}–${showRatio(found.to)}`,
      ];
      return [name, showNumber(found.ours), ...(theirName ? beside : [])];
    }),
  );
}

const toMemoryAim = ({ atRest }: Memory): string =>
  `- ${atRest < AIM_MEGABYTES ? "reached" : "NOT reached"}: at rest after the load < ${AIM_MEGABYTES} MB, is ${showNumber(atRest)} MB`;
