import { oncePerProcess } from "#lib/once-per-process.ts";

type Turns = { running: number; waiting: (() => void)[] };
// One map for the process, because pages and routes may come from different bundles.
const all = oncePerProcess("turns", () => new Map<string, Turns>());

function turnsOf(name: string): Turns {
  const turns = all.get(name) ?? { running: 0, waiting: [] };
  all.set(name, turns);
  return turns;
}

/** Returns how many callers wait for a turn of that name. */
export function countWaiting(name: string): number {
  return turnsOf(name).waiting.length;
}

/**
 * Runs `work` when its turn comes: at most `atOnce` runs of that name at once in this process, in the order
 * of the calls.
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
    // When work ends, it hands its turn directly to the next caller, so that no later caller can take it in
    // between.
    const next = turns.waiting.shift();
    if (next) next();
    else turns.running--;
  }
}
