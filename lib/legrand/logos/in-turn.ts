import { countWaiting, runInTurn } from "#lib/run-in-turn.ts";

const NAME = "logos";
const AT_ONCE = 2;
const WAITING_LIMIT = 8;

/** Runs `work` when it is its turn, two at once; null when so many wait already that the person would not. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T | null> {
  return countWaiting(NAME) >= WAITING_LIMIT ? null : runInTurn(NAME, AT_ONCE, work);
}
