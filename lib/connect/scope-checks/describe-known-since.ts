/** Longer than the five minutes between two checks, so that a page between them shows no sentence. */
const CONFIRMED_MS = 6 * 60 * 1000;
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/**
 * Says since when the granted scopes are known. Returns null if Legrand has just confirmed them. Until the
 * next confirmation, a scope that was taken back at Legrand may still be listed here.
 */
export function describeKnownSince(
  { scopesKnownAt, authorizedAt }: { scopesKnownAt: Date | null; authorizedAt: Date },
  at: Date,
): string | null {
  const since = scopesKnownAt ?? authorizedAt;
  return at.getTime() - since.getTime() < CONFIRMED_MS
    ? null
    : `Known since ${MOMENT.format(since)} UTC. Legrand has not said more since then.`;
}
