import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * What a process and its descendants use. `cpuSeconds` counts user and system time, also of children that
 * have ended.
 */
export type TreeUsage = { megabytes: number; cpuSeconds: number };

/** Linux counts the times in /proc/PID/stat in this many ticks a second, on every architecture (proc(5)). */
const TICKS_PER_SECOND = 100;
/** Positions in /proc/PID/stat after the name of the program, which may contain spaces. */
const PARENT = 1;
const TIMES = { first: 11, after: 15 };

/** True if this system has what the functions below read: /proc, and so Linux. */
export const canReadProcesses = (): boolean => existsSync("/proc/self/stat");

/** Returns the resident memory and the processor time of that process and all of its descendants. */
export function readTree(root: number): TreeUsage {
  const tree = listTree(root);
  return {
    megabytes: tree.reduce((sum, { pid }) => sum + residentOf(pid), 0),
    cpuSeconds: tree.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}

type Process = { pid: number; parent: number; cpuSeconds: number };

function listTree(root: number): Process[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []));
  const tree = all.filter(({ pid }) => pid === root);
  // The list grows while it is read, by the children of each process in it.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** Returns the process as a list of one, or an empty list if it has ended. */
function readProcess(pid: number): Process[] {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (!stat) return [];
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(TIMES.first, TIMES.after).reduce((sum, value) => sum + Number(value), 0);
  return [{ pid, parent: Number(fields[PARENT]), cpuSeconds: ticks / TICKS_PER_SECOND }];
}

function residentOf(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/status`)) ?? [];
  return (Number(kibibytes ?? 0) * 1024) / 1e6;
}

/** A process may end between two reads. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
