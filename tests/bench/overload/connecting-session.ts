import { setTimeout as sleep } from "node:timers/promises";

import { Browser } from "#tests/bench/browser.ts";
import type { Answer } from "#tests/bench/http-client.ts";
import { finishConnecting, PASSWORD } from "#tests/bench/journey.ts";
import { fail } from "#tests/bench/oauth-client.ts";

/** What the sessions of one stage observed. Times are in milliseconds. */
export type Seen = {
  /**
   * Each flow that ended on the connected account: when it ended, and how long it took from the admitted
   * `POST /connect`.
   */
  completed: { at: number; took: number }[];
  /** How long each 503 to `POST /connect` took. */
  shed: number[];
  /** Each flow with another end: what was expected, and what was answered. */
  errors: string[];
};

/**
 * Share by which a refused person waits longer than asked. People who were refused together then do not come
 * back together.
 */
const JITTER = 0.5;

/**
 * Connects one account after the other without a pause, each as another person in another browser. A flow
 * that was admitted before `end` is completed.
 */
export async function runSession(
  origin: string,
  nextEmail: () => string,
  end: number,
  seen: Seen,
): Promise<void> {
  while (performance.now() < end) await connectOnce(origin, nextEmail, end, seen);
}

async function connectOnce(origin: string, nextEmail: () => string, end: number, seen: Seen): Promise<void> {
  const browser = new Browser();
  try {
    const begun = await begin(browser, origin, end, seen.shed);
    if (!begun) return;
    await finishConnecting(browser, origin, { email: nextEmail(), password: PASSWORD }, begun.answer);
    seen.completed.push({ at: performance.now(), took: performance.now() - begun.at });
  } catch (error) {
    seen.errors.push(error instanceof Error ? error.message : String(error));
  } finally {
    browser.connection.close();
  }
}

/**
 * Presses **Connect Legrand** until it is admitted, and waits as long as each 503 says. Returns null if `end`
 * comes first.
 */
async function begin(
  browser: Browser,
  origin: string,
  end: number,
  shed: number[],
): Promise<{ answer: Answer; at: number } | null> {
  while (performance.now() < end) {
    const at = performance.now();
    const answer = await browser.post(`${origin}/connect`, {});
    if (answer.status !== 503) return { answer, at };
    shed.push(performance.now() - at);
    const seconds = Number(answer.headers["retry-after"]);
    if (!(seconds > 0)) fail("a Retry-After with the 503", answer);
    await sleep(
      Math.min(seconds * 1000 * (1 + JITTER * Math.random()), Math.max(end - performance.now(), 0)),
    );
  }
  return null;
}
