import { atBoth, atBothIfThere, type Both, type ComparedRun } from "#tests/bench/groups/compared-run.ts";
import { prepareRefreshes } from "#tests/bench/groups/growth.ts";
import { PAGES, visit, type Visitor } from "#tests/bench/groups/page-visitors.ts";
import { toPagesTable, type PageRow, type Times } from "#tests/bench/groups/pages-report.ts";
import { whileLoaded, type Operation } from "#tests/bench/load.ts";
import type { MeasuredServer } from "#tests/bench/servers/measured-server.ts";
import { settlePeople } from "#tests/bench/servers/settle-people.ts";
import { CONNECTIONS, ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";

/** Under load a page takes longer, so the same number of visits takes more time. */
const LOAD_FACTOR = 4;

type Page = { row: PageRow; visitors: Both<Visitor> };

/**
 * Measures how long each page takes at rest, and while 32 connections refresh. One person opens one page after
 * the other. Returns the table.
 */
export async function benchPages(run: ComparedRun): Promise<string> {
  await atBoth(run, (server) => settlePeople(server, CONNECTIONS));
  const pages: Page[] = [];
  for (const { name, prepare } of PAGES) {
    const visitors = await atBothIfThere(run, name, prepare, say);
    pages.push({ visitors, row: { name, ours: none(), theirs: visitors.theirs && none() } });
  }
  const loads = await atBoth(run, (server) => prepareRefreshes(server, CONNECTIONS));
  for (let round = 0; round <= ROUNDS; round++) {
    await measureRound(run, pages, loads);
    // The first round warms up.
    if (round === 0)
      for (const { row } of pages) Object.assign(row, { ours: none(), theirs: row.theirs && none() });
    else say(`round ${round} of ${ROUNDS}`);
  }
  return toPagesTable(
    pages.map(({ row }) => row),
    run.theirs?.name ?? null,
  );
}

const none = (): PageRow["ours"] => ({ atRest: [], underLoad: [] });

async function measureRound(run: ComparedRun, pages: Page[], loads: Both<Operation[]>): Promise<void> {
  await atBoth(run, async (server) => {
    const isOurs = server === run.ours;
    const visits = visitsOf(server, run, pages);
    await visitInTurn(visits, "atRest", SECONDS);
    await whileLoaded(isOurs ? loads.ours : loads.theirs!, () =>
      visitInTurn(visits, "underLoad", SECONDS * LOAD_FACTOR),
    );
  });
}

type Visits = { visitor: Visitor; rounds: PageRow["ours"] }[];

const visitsOf = (server: MeasuredServer, { ours }: ComparedRun, pages: Page[]): Visits =>
  pages.flatMap(({ visitors, row }) => {
    const [visitor, rounds] = server === ours ? [visitors.ours, row.ours] : [visitors.theirs, row.theirs];
    return visitor && rounds ? [{ visitor, rounds }] : [];
  });

/** Opens the pages one after the other until the time is over, and adds a round of times to each. */
async function visitInTurn(visits: Visits, when: keyof PageRow["ours"], seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const found = visits.map((): Times => []);
  while (performance.now() < end)
    for (const [index, { visitor }] of visits.entries()) found[index]!.push(await visit(visitor));
  for (const [index, { rounds }] of visits.entries()) rounds[when].push(found[index]!);
}
