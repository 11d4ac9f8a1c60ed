import { parseArgs } from "node:util";

/** Groups that run on both databases, and in one run beside another commit if there is `--against`. */
export const COMPARED_GROUPS = ["memory", "refresh", "pages", "growth"] as const;
/** Groups that only measure this application. Without a name, `npm run bench` runs `journeys` among them. */
export const OTHER_GROUPS = ["journeys", "peers", "overload", "consent", "sync"] as const;

/** A group that measures servers over HTTP only. */
export type ComparedGroup = (typeof COMPARED_GROUPS)[number];
/** Every name that `npm run bench --` accepts. */
export type Group = ComparedGroup | (typeof OTHER_GROUPS)[number];

/** Databases that a group runs on. */
export const DATABASES = ["embedded", "postgres"] as const;
/** One of the databases. */
export type DatabaseKind = (typeof DATABASES)[number];

/** What the bench was asked for. `against` is a commit, or null. */
export type BenchRequest = { groups: Group[]; against: string | null; databases: DatabaseKind[] };

/** The text of `npm run bench -- --help`. */
export const USAGE = `npm run bench                          every group from memory to journeys, on both databases (about half an hour)
npm run bench -- GROUP …               only these groups
npm run bench -- --against COMMIT      runs that commit beside this checkout, and prints ratios (without journeys)
npm run bench -- --database NAME       embedded or postgres; without it both

  memory     resident memory of all processes of npm start
  refresh    operations a second and processor time: refreshes, code flows, API reads, discovery and others
  pages      how long the important pages take, at rest and while 32 connections refresh
  growth     what a refresh costs with 1, 8, 32 and 128 connections
  journeys   whole journeys, statements of the account page, bytes of the consent page, starts
  peers      OAuth servers that this project did not write; installs them into tests/bench/peers
  overload   more sessions than the application can serve
  consent    the first byte of the consent page while 32 connections refresh
  sync       what the syncs of the embedded database cost

BENCH_SECONDS is the length of one measurement (8). docs/performance.md explains the tables.`;

const isGroup = (name: string): name is Group =>
  ([...COMPARED_GROUPS, ...OTHER_GROUPS] as string[]).includes(name);
const isCompared = (group: Group): group is ComparedGroup =>
  (COMPARED_GROUPS as readonly Group[]).includes(group);

/**
 * Parses the arguments of `npm run bench`. Returns null if the caller asked for the usage. Throws with a
 * sentence if the arguments make no sense.
 */
export function parseArguments(args: string[]): BenchRequest | null {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      against: { type: "string" },
      database: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return null;
  return {
    groups: parseGroups(positionals, values.against !== undefined),
    against: values.against ?? null,
    databases: parseDatabases(values.database),
  };
}

function parseGroups(names: string[], isAgainst: boolean): Group[] {
  if (names.length === 0) return isAgainst ? [...COMPARED_GROUPS] : [...COMPARED_GROUPS, "journeys"];
  return names.map((name) => {
    if (!isGroup(name)) throw new Error(`There is no group ${name}.\n\n${USAGE}`);
    if (isAgainst && !isCompared(name))
      throw new Error(
        `The group ${name} measures this checkout only. --against works with: ${COMPARED_GROUPS.join(", ")}.`,
      );
    return name;
  });
}

function parseDatabases(name: string | undefined): DatabaseKind[] {
  if (name === undefined) return [...DATABASES];
  const found = DATABASES.filter((database) => database === name);
  if (found.length === 0) throw new Error(`--database is embedded or postgres, not ${name}.`);
  return found;
}
