import type { RequestAttempt } from "#lib/legrand/request-log/attempt.ts";

/** Maximum number of stored successes, and of stored failures, of one application in a second. */
const STORED_PER_SECOND = 50;

type Rate = { second: number; successes: number; failures: number; surplus: RequestAttempt | null };
/** What each application stored in its current second, by `client_id`. */
export type Rates = Map<string, Rate>;

/**
 * Counts the attempt, and returns true if it is to be stored. The first success beyond the limit is stored
 * without its details, and then counts all further ones of that second. Failures beyond the limit are dropped.
 */
export function limitRate(rates: Rates, attempt: RequestAttempt): boolean {
  const rate = rateOf(rates, attempt);
  const isFailure = attempt.outcome === "refused" || attempt.outcome === "failed";
  if (isFailure) return ++rate.failures <= STORED_PER_SECOND;
  if (++rate.successes <= STORED_PER_SECOND) return true;
  if (rate.surplus) {
    rate.surplus.requests++;
    return false;
  }
  rate.surplus = withoutDetails(attempt);
  return true;
}

/** Forgets the counting attempts, because they are being written, and the rates of former seconds. */
export function newSecond(rates: Rates): void {
  const second = Math.floor(performance.now() / 1000);
  for (const [clientId, rate] of rates) {
    rate.surplus = null;
    if (rate.second !== second) rates.delete(clientId);
  }
}

function rateOf(rates: Rates, { clientId }: RequestAttempt): Rate {
  const second = Math.floor(performance.now() / 1000);
  const known = rates.get(clientId);
  if (known?.second === second) return known;
  const rate = { second, successes: 0, failures: 0, surplus: null };
  rates.set(clientId, rate);
  return rate;
}

/** Removes from the attempt what belongs to one request only. */
function withoutDetails(attempt: RequestAttempt): RequestAttempt {
  return Object.assign(attempt, {
    journey: null,
    accountId: null,
    secretEnding: null,
    operation: null,
    parameters: [],
  });
}
