// npm run bench:admin: measures the administration on PostgreSQL, with few and with many linked accounts side
// by side. npm run bench:admin -- 1000 20000 sets other sizes. BENCH_VISITS is how often each page is opened
// (40).
import { cpus } from "node:os";

import { Client } from "pg";

import { buildIfStale, generateIfStale } from "#lib/server/boot/build.ts";
import {
  toAdminAims,
  toAdminTable,
  toPlans,
  type AdminFigures,
  type ExportRow,
  type PageRow,
} from "#tests/bench/admin/admin-report.ts";
import { checkPlans, isRefused, type CheckedPlan } from "#tests/bench/admin/check-plans.ts";
import { measureExport, measurePages, visit } from "#tests/bench/admin/measure.ts";
import { listPages, type MeasuredPage } from "#tests/bench/admin/pages.ts";
import { startSized, type SizedServer } from "#tests/bench/admin/sized-server.ts";
import { PLAN_SETTINGS } from "#tests/harness/plans.ts";
import { createDatabase, findPostgres, startPostgres, type TestPostgres } from "#tests/harness/postgres.ts";

const SIZES = [1_000, 100_000, 1_000_000];
const VISITS = Number(process.env.BENCH_VISITS || 40);
const EXPORTS = [
  { name: "export, CSV", format: "csv", header: 1 },
  { name: "export, NDJSON", format: "ndjson", header: 0 },
];
/**
 * The usual settings for the server's memory (a quarter of it, by PostgreSQL's manual, 20.4), limited to the
 * size of a laptop.
 */
const SETTINGS = ["shared_buffers=512MB", "maintenance_work_mem=256MB", "max_wal_size=4GB", ...PLAN_SETTINGS];

const say = (text: string) => console.error(`  ${text}`);

const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0)
  .sort((a, b) => a - b);
if (sizes.length === 0) sizes.push(...SIZES);

/** Starts a server whose log has the plans, or uses the one in BENCH_DATABASE_URL. */
async function findServer(): Promise<{ postgres: TestPostgres | null; url: string }> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) return { postgres: null, url: given };
  const programs = findPostgres();
  if (!programs)
    throw new Error(
      "There is no PostgreSQL on this machine (Debian: apt-get install postgresql). Or set BENCH_DATABASE_URL to an administrator's database.",
    );
  const postgres = await startPostgres(programs, SETTINGS);
  return { postgres, url: postgres.url };
}

async function dropDatabase(connectionString: string, name: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(`DROP DATABASE "${name}"`);
  await client.end();
}

/** Measures page by page, each page at all sizes in turn. */
async function measureAllPages(servers: SizedServer[], pages: MeasuredPage[][]): Promise<PageRow[]> {
  const rows: PageRow[] = [];
  for (const [index, { name, aim }] of pages[0]!.entries()) {
    const times = await measurePages(
      servers.map((sized, place) => ({ sized, page: pages[place]![index]! })),
      VISITS,
    );
    say(
      `${name}: ${times.map(({ p50, p95, missing }) => missing ?? `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`).join(", ")}`,
    );
    rows.push({ name, aim, times });
  }
  return rows;
}

async function measureExports(servers: SizedServer[]): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  for (const { name, format, header } of EXPORTS) {
    const times: ExportRow["times"] = [];
    for (const sized of servers)
      times.push(await measureExport(sized, `/admin/linked-accounts/export?format=${format}`, header));
    say(
      `${name}: ${times.map((one) => (one ? `${Math.round(one.rowsPerSecond)} rows/s` : "not there")).join(", ")}`,
    );
    rows.push({ name, times });
  }
  return rows;
}

async function plansOf(
  postgres: TestPostgres | null,
  sized: SizedServer,
  pages: MeasuredPage[],
): Promise<CheckedPlan[] | null> {
  if (!postgres) return null;
  return checkPlans(postgres, sized, [
    ...pages.map((page) => ({ name: page.name, isAll: false, visit: () => visit({ sized, page }) })),
    ...EXPORTS.map(({ name, format, header }) => ({
      name,
      isAll: true,
      visit: () => measureExport(sized, `/admin/linked-accounts/export?format=${format}`, header),
    })),
  ]);
}

async function measure(servers: SizedServer[], postgres: TestPostgres | null): Promise<AdminFigures> {
  const pages = await Promise.all(servers.map(listPages));
  return {
    sizes,
    loadSeconds: servers.map(({ loadSeconds }) => loadSeconds),
    pages: await measureAllPages(servers, pages),
    exports: await measureExports(servers),
    plans: await plansOf(postgres, servers.at(-1)!, pages.at(-1)!),
  };
}

say("Building what is stale");
await generateIfStale();
await buildIfStale();
const { postgres, url } = await findServer();
const servers: SizedServer[] = [];
const made: string[] = [];
try {
  for (const size of sizes) {
    say(`${size.toLocaleString("en")} linked accounts`);
    made.push(`bench_${size}_${Date.now()}`);
    servers.push(await startSized(size, await createDatabase(url, made.at(-1)!)));
  }
  const figures = await measure(servers, postgres);
  console.log(
    `\n${VISITS} visits of each page at each size, in turn; ${cpus().length} cores shared with PostgreSQL and the caller; Node ${process.version}\n`,
  );
  console.log(
    `${toAdminTable(figures)}\n\n${toAdminAims(figures)}\n\nHow the largest database is read:\n${toPlans(figures.plans)}\n`,
  );
  process.exitCode = figures.plans?.some(isRefused) ? 1 : 0;
} finally {
  await Promise.all(servers.map((sized) => sized.stop()));
  if (!postgres) for (const name of made) await dropDatabase(url, name);
  await postgres?.stop();
}
