import { now, secondsFromNow } from "#lib/clock.ts";
import { findOwnId } from "#lib/connect/linked-accounts/store.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { endDeadLeases, listDueRefreshes } from "#lib/connect/tokens/store.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { env } from "#lib/env.ts";

/**
 * Renews the tokens of one of the user's linked accounts at their request, unless Legrand asked to wait
 * (429). Returns false if the user has no account with this id.
 */
export async function renewNow(user: SignedInUser, sent: string | null): Promise<boolean> {
  const id = await findOwnId(user, sent);
  if (!id) return false;
  await getAccessToken(id, { force: true });
  return true;
}

const BEFORE_END_SECONDS = 30 * 24 * 60 * 60;
const BATCH = 4;
const MOST_IN_A_SWEEP = 100;

/**
 * Renews access that would be lost without a visit of the user. This concerns refresh tokens that expire
 * within 30 days, if Legrand extends them. Also retries refreshes that failed and are due, and those that a
 * crash interrupted, because the server can repeat a lost answer only for a short time. Works in small
 * batches and stops after a batch in which Legrand answered no request. Across processes, each account is
 * renewed once. Returns the number of renewed accounts.
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

/** True for problems that every other account would have too. */
function isAboutLegrand(outcome: { reason: string; reconnectReason?: string }): boolean {
  return outcome.reason === "unavailable" || outcome.reconnectReason === "client_secret_expired";
}

/**
 * Makes interrupted refreshes due at once. Runs at startup, before anything is refreshed, because the server
 * may still repeat a lost answer now. The next background sweep, or the next caller that needs the token,
 * does the refresh.
 *
 * The embedded database has one process, so the process that held a lease in it is gone. On PostgreSQL a
 * lease may belong to another server, which keeps it until it expires.
 */
export async function resumeInterruptedRefreshes(): Promise<void> {
  if (!env().databaseUrl) await endDeadLeases(now());
}
