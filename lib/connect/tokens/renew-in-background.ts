import { now, secondsFromNow } from "#lib/clock.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { listDueRefreshes } from "#lib/connect/tokens/store.ts";

const BEFORE_END_SECONDS = 30 * 24 * 60 * 60;
const BATCH = 4;
const MOST_IN_A_SWEEP = 100;

/**
 * Renews what would be lost without a visit: refresh tokens that end within 30 days, if Legrand extends them.
 * Takes up what failed and is due again, and what a crash interrupted, since the answer may have been lost on
 * its way and the server may repeat it now and not later. A few at a time, and none after a batch in which
 * Legrand did not answer any. Of several processes one renews each account. Returns how many were renewed.
 */
export async function renewInBackground(): Promise<number> {
  let renewed = 0;
  const due = await listDueRefreshes(now(), secondsFromNow(BEFORE_END_SECONDS), MOST_IN_A_SWEEP);
  for (let i = 0; i < due.length; i += BATCH) {
    const outcomes = await Promise.all(
      due.slice(i, i + BATCH).map(({ id, tokenVersion }) => getAccessToken(id, { rejected: tokenVersion })),
    );
    renewed += outcomes.filter(({ ok }) => ok).length;
    if (outcomes.every((outcome) => !outcome.ok && isAboutLegrand(outcome))) break;
  }
  return renewed;
}

/** Troubles that every other account would have too. */
function isAboutLegrand(outcome: { reason: string; reconnectReason?: string }): boolean {
  return outcome.reason === "unavailable" || outcome.reconnectReason === "client_secret_expired";
}
