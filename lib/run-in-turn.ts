// One for the process: pages and routes may come from different bundles.
const KEY = Symbol.for("legrand-connect.turns");
type Turns = { running: number; waiting: (() => void)[] };
const shared = globalThis as { [KEY]?: Map<string, Turns> };

function turnsOf(name: string): Turns {
  const all = (shared[KEY] ??= new Map<string, Turns>());
  const turns = all.get(name) ?? { running: 0, waiting: [] };
  all.set(name, turns);
  return turns;
}

/** Returns how many callers wait for a turn of that name. */
export function countWaiting(name: string): number {
  return turnsOf(name).waiting.length;
}

/**
 * Runs `work` when its turn comes: at most `atOnce` works of that name at once in this process, the first
 * caller first.
 */
export async function runInTurn<Result>(
  name: string,
  atOnce: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const turns = turnsOf(name);
  if (turns.running >= atOnce)
    await new Promise<void>((resolve) => {
      turns.waiting.push(resolve);
    });
  else turns.running++;
  try {
    return await work();
  } finally {
    // The work that ends hands its turn to the next caller, so that no later caller takes it in between.
    const next = turns.waiting.shift();
    if (next) next();
    else turns.running--;
  }
}
