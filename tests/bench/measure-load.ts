import { timedRate, type Operation } from "#tests/bench/load.ts";
import { canReadProcesses, readTree } from "#tests/bench/process-tree.ts";

/** One measurement of a load. Processor times are null where they cannot be read, or there is no PostgreSQL. */
export type Measured = {
  perSecond: number;
  /** Processor time for each operation, of all processes of the server. */
  cpuMilliseconds: number | null;
  /** Processor time for each operation, of all processes of PostgreSQL. */
  postgresCpuMilliseconds: number | null;
  /** How long each operation took. */
  milliseconds: number[];
};

/** Processes whose processor time is attributed to a load. */
export type Processes = { pid: number; postgresPid: number | null };

/** Runs operations for that many seconds, and measures what they cost in these processes. */
export async function measureLoad(
  operations: Operation[],
  seconds: number,
  { pid, postgresPid }: Processes,
): Promise<Measured> {
  const [before, postgresBefore] = [cpuSecondsOf(pid), cpuSecondsOf(postgresPid)];
  const { perSecond, milliseconds } = await timedRate(operations, seconds);
  const each = (now: number | null, then: number | null) =>
    now === null || then === null ? null : ((now - then) * 1000) / milliseconds.length;
  return {
    perSecond,
    milliseconds,
    cpuMilliseconds: each(cpuSecondsOf(pid), before),
    postgresCpuMilliseconds: each(cpuSecondsOf(postgresPid), postgresBefore),
  };
}

/** A load that is ready at one server. */
export type ReadyLoad = { operations: Operation[]; processes: Processes };

/** Who is measured in each slice of a round. In this order a steady drift of the machine cancels out. */
const SLICES = ["ours", "theirs", "theirs", "ours", "ours", "theirs", "theirs", "ours"] as const;

/**
 * Measures a load at two servers by turns, so that drift of the machine affects both, each for that many
 * seconds in all. Measures only the first if there is no second.
 */
export async function measureByTurns(
  ours: ReadyLoad,
  theirs: ReadyLoad | null,
  seconds: number,
): Promise<{ ours: Measured; theirs: Measured | null }> {
  if (!theirs) return { ours: await measureLoad(ours.operations, seconds, ours.processes), theirs: null };
  const slices = { ours: [] as Measured[], theirs: [] as Measured[] };
  for (const who of SLICES) {
    const { operations, processes } = who === "ours" ? ours : theirs;
    slices[who].push(await measureLoad(operations, (seconds * 2) / SLICES.length, processes));
  }
  return { ours: joinSlices(slices.ours), theirs: joinSlices(slices.theirs) };
}

function joinSlices(slices: Measured[]): Measured {
  const milliseconds = slices.flatMap((slice) => slice.milliseconds);
  const each = (of: (slice: Measured) => number | null) =>
    slices.some((slice) => of(slice) === null)
      ? null
      : slices.reduce((sum, slice) => sum + of(slice)! * slice.milliseconds.length, 0) / milliseconds.length;
  const seconds = slices.reduce((sum, slice) => sum + slice.milliseconds.length / slice.perSecond, 0);
  return {
    milliseconds,
    perSecond: milliseconds.length / seconds,
    cpuMilliseconds: each(({ cpuMilliseconds }) => cpuMilliseconds),
    postgresCpuMilliseconds: each(({ postgresCpuMilliseconds }) => postgresCpuMilliseconds),
  };
}

const cpuSecondsOf = (pid: number | null): number | null =>
  pid !== null && canReadProcesses() ? readTree(pid).cpuSeconds : null;
