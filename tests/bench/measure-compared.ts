import { cpus } from "node:os";

import { atEnd } from "#tests/bench/clean-up.ts";
import type { ComparedRun } from "#tests/bench/groups/compared-run.ts";
import type { ComparedGroup, DatabaseKind } from "#tests/bench/parse-arguments.ts";
import type { CheckedOut } from "#tests/bench/servers/check-out.ts";
import { startMeasured } from "#tests/bench/servers/measured-server.ts";
import { ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";
import { startBare } from "#tests/bench/targets.ts";
import { findPostgres, startPostgres, type TestPostgres } from "#tests/harness/postgres.ts";

/** Each group with the title of its table. Memory is first, because it measures servers that are at rest. */
const GROUPS: Record<
  ComparedGroup,
  { title: string; load: () => Promise<(run: ComparedRun) => Promise<string>> }
> = {
  memory: { title: "Memory", load: async () => (await import("#tests/bench/groups/memory.ts")).benchMemory },
  refresh: {
    title: "Rates",
    load: async () => (await import("#tests/bench/groups/refresh.ts")).benchRefresh,
  },
  pages: { title: "Pages", load: async () => (await import("#tests/bench/groups/pages.ts")).benchPages },
  growth: { title: "Growth", load: async () => (await import("#tests/bench/groups/growth.ts")).benchGrowth },
};

/** Names of the databases in the titles. */
export const DATABASE_NAMES: Record<DatabaseKind, string> = {
  embedded: "embedded database",
  postgres: "PostgreSQL",
};

/** The sentence for a machine without PostgreSQL. */
export const NO_POSTGRES =
  "There is no PostgreSQL on this machine, so nothing is measured on it (Debian: apt-get install postgresql).";

/** Starts PostgreSQL for the bench, or returns null if this machine has none. */
export async function startBenchPostgres(): Promise<TestPostgres | null> {
  const programs = findPostgres();
  if (!programs) return null;
  const postgres = await startPostgres(programs);
  atEnd(postgres.stop);
  return postgres;
}

/** Measures these groups on each of these databases, beside another commit if there is one. Prints a table each. */
export async function measureCompared(
  groups: ComparedGroup[],
  databases: DatabaseKind[],
  against: CheckedOut | null,
): Promise<void> {
  const bare = await startBare();
  for (const database of databases) {
    const postgres = database === "postgres" ? await startBenchPostgres() : null;
    if (database === "postgres" && !postgres) {
      console.log(`\n${NO_POSTGRES}\n`);
      continue;
    }
    const run = { database, bare, ...(await startBoth(postgres, against)) };
    for (const group of Object.keys(GROUPS).filter((name) => groups.includes(name as ComparedGroup)))
      await measureGroup(group as ComparedGroup, run);
    await run.theirs?.stop();
    await run.ours.stop();
  }
}

async function startBoth(
  postgres: TestPostgres | null,
  against: CheckedOut | null,
): Promise<Pick<ComparedRun, "ours" | "theirs">> {
  say("Starting this checkout");
  const ours = await startMeasured("this checkout", process.cwd(), postgres);
  if (!against) return { ours, theirs: null };
  say(`Starting ${against.name}. It builds first, if it has no build`);
  return { ours, theirs: await startMeasured(against.name, against.folder, postgres) };
}

async function measureGroup(group: ComparedGroup, run: ComparedRun): Promise<void> {
  const { title, load } = GROUPS[group];
  say(`${title}, ${DATABASE_NAMES[run.database]}`);
  const measure = await load();
  console.log(
    `\n## ${title}, ${DATABASE_NAMES[run.database]}\n\n${await measure(run)}\n\n${describeRun()}\n`,
  );
}

/** Says how the numbers were measured. */
export const describeRun = (): string =>
  `${ROUNDS} rounds of ${SECONDS} s, medians; ${cpus().length} cores shared with the load generator; Node ${process.version}`;
