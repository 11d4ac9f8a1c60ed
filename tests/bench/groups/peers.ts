import { showCpu } from "#tests/bench/groups/refresh-report.ts";
import { PEERS, startPeer, type Peer } from "#tests/bench/groups/peer-servers.ts";
import { settleBare } from "#tests/bench/journey.ts";
import { codeFlows, rate, refreshes, type Operation, type Person } from "#tests/bench/load.ts";
import { showNumber, showSpread, toMarkdownTable } from "#tests/bench/markdown-table.ts";
import { describeRun, NO_POSTGRES, startBenchPostgres } from "#tests/bench/measure-compared.ts";
import { measureLoad, type Measured, type Processes } from "#tests/bench/measure-load.ts";
import { PLAIN_SCOPE, type Target } from "#tests/bench/oauth-client.ts";
import { startMeasured } from "#tests/bench/servers/measured-server.ts";
import { settlePeople } from "#tests/bench/servers/settle-people.ts";
import { CONNECTIONS, ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";
import { median } from "#tests/bench/statistics.ts";
import { startBare } from "#tests/bench/targets.ts";
import { installPackages } from "#tests/harness/install-packages.ts";
import type { TestPostgres } from "#tests/harness/postgres.ts";

type Kind = "refreshes" | "codeFlows";

/** A server of the table. `prepare` is called for each round. */
type Candidate = {
  name: string;
  processes: Processes;
  prepare: Record<Kind, () => Promise<Operation[]>>;
  found: Record<Kind, Measured[]>;
};

/**
 * Measures refreshes and code flows at this application, at the bare library and at servers that this project
 * did not write, in turn and by the same client. Installs those first. Prints a table, and what each server
 * does.
 */
export async function benchPeers(): Promise<void> {
  const postgres = await startBenchPostgres();
  if (!postgres) return console.log(`\n${NO_POSTGRES}\n`);
  say("Installing the peers, if they are not");
  await installPackages(
    "tests/bench/peers",
    "The peers of tests/bench/peers could not be installed. They need a network once.",
  );
  const candidates = await startAll(postgres);
  for (const candidate of candidates)
    for (const kind of ["refreshes", "codeFlows"] as const)
      await rate(await candidate.prepare[kind](), SECONDS / 2);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const candidate of candidates) await measureRound(candidate);
    say(
      `round ${round}: ${candidates.map(({ name, found }) => `${name} ${Math.round(found.refreshes.at(-1)!.perSecond)}/s`).join(", ")}`,
    );
  }
  console.log(
    `\n## Peers, PostgreSQL\n\n${toPeersTable(candidates)}\n\n${PEERS.map(({ name, does }) => `- **${name}**: ${does}`).join("\n")}\n\n${describeRun()}\n`,
  );
}

async function startAll(postgres: TestPostgres): Promise<Candidate[]> {
  say("Starting this application, the bare library and the peers");
  const ours = await startMeasured("this application", process.cwd(), postgres);
  const settled = await settlePeople(ours, CONNECTIONS);
  const bare = await startBare();
  const peers: Peer[] = [];
  for (const kind of PEERS) peers.push(await startPeer(kind, postgres));
  const ofSettled = (prepare: Prepare) => async () =>
    (
      await Promise.all(
        settled.map(({ target, person }) => prepare({ ...target, scope: PLAIN_SCOPE }, [person])),
      )
    ).flat();
  const ofBare = (prepare: Prepare) => async () =>
    prepare(
      bare.target,
      await Promise.all(Array.from({ length: CONNECTIONS }, () => settleBare(bare.target))),
    );
  return [
    toCandidate("this application", ours, ofSettled),
    toCandidate("bare oidc-provider, in memory", { pid: bare.pid, postgresPid: null }, ofBare),
    ...peers.map(({ kind, pid, target, people }) =>
      toCandidate(
        kind.name,
        { pid, postgresPid: postgres.pid },
        (prepare) => async () => prepare(target, people),
      ),
    ),
  ];
}

type Prepare = (target: Target, people: Person[]) => Promise<Operation[]>;

const toCandidate = (
  name: string,
  processes: Processes,
  of: (prepare: Prepare) => () => Promise<Operation[]>,
): Candidate => ({
  name,
  processes,
  prepare: { refreshes: of(refreshes), codeFlows: of(codeFlows) },
  found: { refreshes: [], codeFlows: [] },
});

async function measureRound({ prepare, processes, found }: Candidate): Promise<void> {
  for (const kind of ["refreshes", "codeFlows"] as const)
    found[kind].push(await measureLoad(await prepare[kind](), SECONDS, processes));
}

function toPeersTable(candidates: Candidate[]): string {
  const columns = (rounds: Measured[]) => {
    const rates = rounds.map(({ perSecond }) => perSecond);
    return [showNumber(median(rates)), showSpread(rates), showCpu(rounds)];
  };
  return toMarkdownTable(
    ["server", "refreshes a second", "spread", "CPU ms each", "code flows a second", "spread", "CPU ms each"],
    candidates.map(({ name, found }) => [name, ...columns(found.refreshes), ...columns(found.codeFlows)]),
  );
}
