import { countWaiting, runInTurn } from "#lib/run-in-turn.ts";

const NAME = "logos";
const AT_ONCE = 2;
const WAITING_LIMIT = 8;

/** Runs `work` in turn, two at a time. Returns null if so many already wait that the user would not. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T | null> {
  return countWaiting(NAME) >= WAITING_LIMIT ? null : runInTurn(NAME, AT_ONCE, work);
}
