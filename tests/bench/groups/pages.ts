import { atBoth, atBothIfThere, type Both, type ComparedRun } from "#tests/bench/groups/compared-run.ts";
import { prepareRefreshes } from "#tests/bench/groups/growth.ts";
import { PAGES, visit, type Visitor } from "#tests/bench/groups/page-visitors.ts";
import { toPagesTable, type PageRow, type Times } from "#tests/bench/groups/pages-report.ts";
import { whileLoaded, type Operation } from "#tests/bench/load.ts";
import type { MeasuredServer } from "#tests/bench/servers/measured-server.ts";
import { settlePeople } from "#tests/bench/servers/settle-people.ts";
import { CONNECTIONS, ROUNDS, say, SECONDS } from "#tests/bench/settings.ts";

/** Under load a page takes longer, so the same number of visits takes more time. */
const LOAD_FACTOR = 2;

/** Each page is measured at rest and under load in each round, and in one round before. */
const MEASUREMENTS = 2 * (ROUNDS + 1);

/** `most` is how often one measurement may open the page. */
type Page = { row: PageRow; visitors: Both<Visitor>; most: number };

/**
 * Measures how long each page takes at rest, and while 32 connections refresh. At rest one page is opened after
 * the other, under load each page by a person of its own. Returns the table.
 */
export async function benchPages(run: ComparedRun): Promise<string> {
  await atBoth(run, (server) => settlePeople(server, CONNECTIONS));
  const pages: Page[] = [];
  for (const { name, prepare, mostVisits = Infinity } of PAGES) {
    const visitors = await atBothIfThere(run, name, prepare, say);
    const most = Math.floor(mostVisits / MEASUREMENTS);
    pages.push({ visitors, most, row: { name, ours: none(), theirs: visitors.theirs && none() } });
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
    const visits = visitsOf(server, run, pages);
    await addRound(visits, "atRest", (timed) => visitInTurn(timed, SECONDS));
    await whileLoaded(server === run.ours ? loads.ours : loads.theirs!, () =>
      addRound(visits, "underLoad", (timed) => visitAtOnce(timed, SECONDS * LOAD_FACTOR)),
    );
  });
}

type Visits = { visitor: Visitor; most: number; rounds: PageRow["ours"] }[];
type Timed = { visitor: Visitor; most: number; times: Times };

const visitsOf = (server: MeasuredServer, { ours }: ComparedRun, pages: Page[]): Visits =>
  pages.flatMap(({ visitors, most, row }) => {
    const [visitor, rounds] = server === ours ? [visitors.ours, row.ours] : [visitors.theirs, row.theirs];
    return visitor && rounds ? [{ visitor, most, rounds }] : [];
  });

/** Adds the times that `work` finds to each page, as one round. */
async function addRound(
  visits: Visits,
  when: keyof PageRow["ours"],
  work: (timed: Timed[]) => Promise<void>,
): Promise<void> {
  const timed = visits.map(({ visitor, most }): Timed => ({ visitor, most, times: [] }));
  await work(timed);
  for (const [index, { rounds }] of visits.entries()) rounds[when].push(timed[index]!.times);
}

/** Opens the pages one after the other, each at least once, until the time is over. */
async function visitInTurn(timed: Timed[], seconds: number): Promise<void> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end;)
    for (const { visitor, most, times } of timed) if (times.length < most) times.push(await visit(visitor));
}

/** Opens each page again and again, each in another browser, until the time is over. */
async function visitAtOnce(timed: Timed[], seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const visits = timed.map(async ({ visitor, most, times }) => {
    while (performance.now() < end && times.length < most) times.push(await visit(visitor));
  });
  await Promise.all(visits);
}
