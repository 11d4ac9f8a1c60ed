import { logEvent, newRequestId } from "#lib/log.ts";
import { isForPeople } from "#lib/server/boot/console.ts";

const QUIET_MS = 1_000;

/**
 * Runs `work`. If it takes longer than a second, prints what it is and how long it took. A log gets one line
 * per step, with its duration.
 */
export async function step<T>(sentence: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  const seconds = () => ((performance.now() - begin) / 1000).toFixed(1);
  if (!isForPeople())
    return work().then((result) => {
      logEvent(newRequestId(), "step", { step: sentence, seconds: Number(seconds()) });
      return result;
    });
  let said = false as boolean;
  const timer = setTimeout(() => {
    said = true;
    console.log(`${sentence} …`);
  }, QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (said) console.log(`${sentence}: done in ${seconds()} s`);
  }
}
