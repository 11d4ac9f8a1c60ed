import { readdirSync, readFileSync } from "node:fs";

/** A process as Linux describes it in /proc. `command` holds the arguments. */
type Process = {
  pid: number;
  parent: number;
  name: string;
  state: string;
  waitsIn: string;
  threads: number;
  cpuSeconds: number;
  megabytes: number;
  command: string[];
};

const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
/** The arguments that distinguish Chromium's processes. Other arguments could hold a secret. */
const TELLING = /^--(?:type|utility-sub-type)=([\w.-]+)$/;

/**
 * Returns a line for each process below `root`: state (R runs, S sleeps, D waits for a device, T is stopped,
 * Z has ended), the kernel function that it waits in, threads, processor time and memory. Returns one
 * sentence on systems without /proc.
 */
export function describeProcesses(root: number): string[] {
  const processes = listBelow(root);
  if (processes.length === 0) return ["The processes cannot be listed: there is no /proc, or none is left."];
  return processes.map(
    ({ pid, parent, name, state, waitsIn, threads, cpuSeconds, megabytes, command }) =>
      `${pid} (of ${parent}) ${[name, ...command.flatMap((argument) => TELLING.exec(argument)?.[1] ?? [])].join(" ")}: state ${state}, in ${waitsIn}, ${threads} threads, ${cpuSeconds.toFixed(1)} s of processor time, ${megabytes} MB`,
  );
}

/**
 * Returns the process ids of the browsers that Playwright started below `root`. Each talks to it through a
 * pipe.
 */
export function findBrowsers(root: number): number[] {
  const isBrowser = ({ command }: Process) =>
    command.includes("--remote-debugging-pipe") &&
    !command.some((argument) => argument.startsWith("--type="));
  return listBelow(root)
    .filter(isBrowser)
    .map(({ pid }) => pid);
}

function listBelow(root: number): Process[] {
  const all = listPids().flatMap((pid) => readProcess(pid) ?? []);
  const below = new Set([root]);
  // A child can have a lower id than its parent, once the ids have wrapped around.
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all.filter(({ pid }) => pid !== root && below.has(pid));
}

function listPids(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Reads a process. Returns null if it ended before it was read. */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name is in brackets, and may itself contain brackets (proc(5)).
    const [begin, end] = [stat.indexOf("("), stat.lastIndexOf(")")];
    const fields = stat.slice(end + 2).split(" ");
    const [state, parent] = [fields[0]!, Number(fields[1])];
    return {
      pid,
      parent,
      state,
      name: stat.slice(begin + 1, end),
      threads: Number(fields[17]),
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      megabytes: Math.round((Number(fields[21]) * PAGE_BYTES) / 1e6),
      waitsIn: readWaitChannel(pid),
      command: readFileSync(`/proc/${pid}/cmdline`, "utf8").split(/[\0 ]/),
    };
  } catch {
    return null;
  }
}

/** Reads the kernel function. The kernel may keep its name secret. */
function readWaitChannel(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/wchan`, "utf8").replace(/^0?$/, "no known function");
  } catch {
    return "no known function";
  }
}
