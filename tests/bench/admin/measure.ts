import { quantile } from "#tests/bench/statistics.ts";
import { residentMegabytes } from "#tests/bench/resident-memory.ts";
import type { MeasuredPage } from "#tests/bench/admin/pages.ts";
import type { SizedServer } from "#tests/bench/admin/sized-server.ts";

/** Milliseconds of one page at one size. `missing` is the status if the answer was not a page. */
export type PageTimes = { p50: number; p95: number; missing: number | null };

/** One page on each of several servers. */
export type Subject = { sized: SizedServer; page: MeasuredPage };

const WARM_UP = 5;

const open = ({ server: { origin }, cookie }: SizedServer, path: string) =>
  fetch(new URL(path, origin), { headers: { accept: "text/html", cookie }, redirect: "manual" });

/** Opens the page once. Returns the status of the answer. */
export async function visit({ sized, page }: Subject): Promise<number> {
  const response = await open(sized, page.path);
  await response.arrayBuffer();
  return response.status;
}

/**
 * Visits the subjects in turn, so that a busy moment of the machine affects all of them. Times are for a
 * whole page.
 */
export async function measurePages(subjects: readonly Subject[], visits: number): Promise<PageTimes[]> {
  const times = subjects.map(() => [] as number[]);
  const statuses = subjects.map(() => 0);
  for (let round = -WARM_UP; round < visits; round++) {
    for (const [index, subject] of subjects.entries()) {
      const begin = performance.now();
      statuses[index] = await visit(subject);
      if (round >= 0) times[index]!.push(performance.now() - begin);
    }
  }
  return times.map((all, index) => ({
    p50: quantile(all, 0.5),
    p95: quantile(all, 0.95),
    missing: statuses[index] === 200 ? null : statuses[index]!,
  }));
}

/**
 * An export: seconds to its first byte, rows a second from then on, and the growth of the server in
 * megabytes. Null if there is no such export.
 */
export type ExportTimes = {
  firstByteSeconds: number;
  rowsPerSecond: number;
  rows: number;
  extraMegabytes: number;
} | null;

const SAMPLE_MS = 50;
const LINE_FEED = 10;

/**
 * Downloads the export at that path and counts its lines. `header` is the number of lines that are not rows.
 */
export async function measureExport(sized: SizedServer, path: string, header: number): Promise<ExportTimes> {
  const idle = residentMegabytes(sized.server.process.pid!);
  let most = idle;
  const sampling = setInterval(() => {
    most = Math.max(most, residentMegabytes(sized.server.process.pid!));
  }, SAMPLE_MS);
  const begin = performance.now();
  const response = await open(sized, path);
  let [lines, firstByte] = [0, 0];
  try {
    if (response.status !== 200) return null;
    for await (const chunk of response.body!) {
      firstByte ||= performance.now();
      for (const byte of chunk as Uint8Array) if (byte === LINE_FEED) lines++;
    }
  } finally {
    clearInterval(sampling);
  }
  const rows = lines - header;
  return {
    firstByteSeconds: (firstByte - begin) / 1000,
    rowsPerSecond: rows / ((performance.now() - begin) / 1000),
    rows,
    extraMegabytes: most - idle,
  };
}
