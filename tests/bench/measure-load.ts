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

const cpuSecondsOf = (pid: number | null): number | null =>
  pid !== null && canReadProcesses() ? readTree(pid).cpuSeconds : null;
