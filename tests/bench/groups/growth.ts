import { atBoth, type Both, type ComparedRun } from "#tests/bench/groups/compared-run.ts";
import { toGrowthTable, type GrowthRow } from "#tests/bench/groups/growth-report.ts";
import { refreshes, type Operation } from "#tests/bench/load.ts";
import { measureByTurns } from "#tests/bench/measure-load.ts";
import { PLAIN_SCOPE } from "#tests/bench/oauth-client.ts";
import type { MeasuredServer } from "#tests/bench/servers/measured-server.ts";
import { settlePeople } from "#tests/bench/servers/settle-people.ts";
import { ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";

const LEVELS = [1, 8, 32, 128];

/** Measures what a refresh costs with 1, 8, 32 and 128 connections. Returns the table. */
export async function benchGrowth(run: ComparedRun): Promise<string> {
  const operations = await atBoth(run, (server) => prepareRefreshes(server, Math.max(...LEVELS)));
  const rows = LEVELS.map((connections): GrowthRow => ({ connections, ours: [], theirs: run.theirs && [] }));
  await measureRound(run, operations, rows, SECONDS / 4);
  for (const row of rows) Object.assign(row, { ours: [], theirs: run.theirs && [] });
  for (let round = 1; round <= ROUNDS; round++) {
    await measureRound(run, operations, rows, SECONDS);
    say(
      `round ${round}: ${rows.map(({ connections, ours }) => `${connections} connections ${Math.round(ours.at(-1)!.perSecond)}/s`).join(", ")}`,
    );
  }
  return toGrowthTable(rows, run.theirs?.name ?? null);
}

/** Returns that many refreshes of one server, each with a grant of its own. */
export async function prepareRefreshes(server: MeasuredServer, count: number): Promise<Operation[]> {
  const operations = (await settlePeople(server, count)).map(({ target, person }) =>
    refreshes({ ...target, scope: PLAIN_SCOPE }, [person]),
  );
  return (await Promise.all(operations)).flat();
}

async function measureRound(
  { ours, theirs }: ComparedRun,
  operations: Both<Operation[]>,
  rows: GrowthRow[],
  seconds: number,
): Promise<void> {
  for (const row of rows) {
    const found = await measureByTurns(
      { operations: operations.ours.slice(0, row.connections), processes: ours },
      theirs && { operations: operations.theirs!.slice(0, row.connections), processes: theirs },
      seconds,
    );
    row.ours.push(found.ours);
    if (found.theirs) row.theirs!.push(found.theirs);
  }
}
