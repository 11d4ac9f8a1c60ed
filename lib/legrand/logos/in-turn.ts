const AT_ONCE = 2;
const WAITING_LIMIT = 8;

// Each route may have its own copy of this module; the machine has one set of processors.
const KEY = Symbol.for("legrand-connect.logos-being-drawn");
type Turns = { running: number; waiting: (() => void)[] };
const shared = globalThis as { [KEY]?: Turns };

/** Runs `work` when it is its turn, two at once; null when so many wait already that the person would not. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T | null> {
  const turns = (shared[KEY] ??= { running: 0, waiting: [] });
  if (turns.waiting.length >= WAITING_LIMIT) return null;
  if (turns.running >= AT_ONCE) await new Promise<void>((resolve) => turns.waiting.push(resolve));
  else turns.running++;
  try {
    return await work();
  } finally {
    // The turn is handed on, not given back: nobody slips in between.
    const next = turns.waiting.shift();
    if (next) next();
    else turns.running--;
  }
}
