import { atBoth, atBothIfThere, type Both, type ComparedRun } from "#tests/bench/groups/compared-run.ts";
import { LOADS, type Load } from "#tests/bench/groups/refresh-loads.ts";
import { toRefreshAims, toRefreshTable, type LoadRow } from "#tests/bench/groups/refresh-report.ts";
import { rate, type Operation } from "#tests/bench/load.ts";
import { measureByTurns, measureLoad } from "#tests/bench/measure-load.ts";
import { CONNECTIONS, ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";
import { settlePeople } from "#tests/bench/servers/settle-people.ts";

type Prepared = { load: Load; operations: Both<Operation[]>; row: LoadRow };

/**
 * Measures operations a second and their processor time. Each round measures each load at each server in
 * turn, so that a busy moment of the machine affects all of them. Returns the table and the aims.
 */
export async function benchRefresh(run: ComparedRun): Promise<string> {
  await atBoth(run, (server) => settlePeople(server, CONNECTIONS));
  const all: Prepared[] = [];
  for (const load of LOADS) all.push(await prepare(run, load));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const prepared of all) await measureRound(run, prepared);
    say(
      `round ${round}: ${all.map(({ load, row }) => `${load.name} ${Math.round(row.ours.at(-1)!.perSecond)}/s`).join(", ")}`,
    );
  }
  const rows = all.map(({ row }) => row);
  return `${toRefreshTable(rows, run.theirs?.name ?? null)}\n\n${toRefreshAims(rows)}`;
}

/** Prepares a load at both applications, and warms all servers up. */
async function prepare(run: ComparedRun, load: Load): Promise<Prepared> {
  const operations = await atBothIfThere(run, load.name, load.prepare, say);
  const { ours, theirs } = operations;
  const bare = await load.prepareBare?.(run.bare.target);
  for (const warmed of [ours, theirs, bare]) if (warmed) await rate(warmed, SECONDS / 4);
  return {
    load,
    operations,
    row: { name: load.name, ours: [], theirs: theirs && [], bare: bare ? [] : null },
  };
}

async function measureRound(
  { ours, theirs, bare }: ComparedRun,
  { load, operations, row }: Prepared,
): Promise<void> {
  const seconds = Math.min(SECONDS, load.mostSeconds ?? SECONDS);
  const found = await measureByTurns(
    { operations: operations.ours, processes: ours },
    operations.theirs && { operations: operations.theirs, processes: theirs! },
    seconds,
  );
  row.ours.push(found.ours);
  if (found.theirs) row.theirs!.push(found.theirs);
  if (load.prepareBare) {
    const there = await load.prepareBare(bare.target);
    row.bare!.push(await measureLoad(there, seconds, { pid: bare.pid, postgresPid: null }));
  }
}
