import { attemptLimiter } from "#lib/legrand/attempts/store.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";

/**
 * Maximum number of failed token requests of one client from one network within a minute. A success never
 * counts.
 */
const FAILURES_PER_MINUTE = 60;
/** Maximum number of remembered pauses. Beyond it, the oldest is forgotten. */
const MOST_PAUSES = 10_000;

/** The caller of a token request: the client_id that it sent, and its network. */
type TokenCaller = { clientId: string | null; network: string | null };

/**
 * When each paused caller may continue, in this process. Other processes pause the caller at its next failure
 * with them, because the count is in the database.
 */
const pauses = new Map<string, number>();

const keyOf = ({ clientId, network }: TokenCaller) => `${clientId}:${network ?? "unknown"}`;

/**
 * Returns the seconds until this caller may send token requests again, or null if it may now. Does not query
 * the database, because a success must cost nothing.
 */
export function findPause(caller: TokenCaller): number | null {
  const end = pauses.get(keyOf(caller));
  if (end === undefined) return null;
  if (end > Date.now()) return Math.ceil((end - Date.now()) / 1000);
  pauses.delete(keyOf(caller));
  return null;
}

/**
 * Counts a failed token request of a registered client. The sixtieth failure within a minute pauses the
 * client until that minute is over.
 */
export async function countTokenFailure(caller: TokenCaller): Promise<void> {
  if (!caller.clientId || !(await loadApplication(caller.clientId))) return;
  const { remainingPoints, msBeforeNext } = await attemptLimiter(
    "token-failure",
    FAILURES_PER_MINUTE,
    60,
  ).penalty(keyOf(caller));
  if (remainingPoints > 0) return;
  if (pauses.size >= MOST_PAUSES) pauses.delete(pauses.keys().next().value!);
  pauses.set(keyOf(caller), Date.now() + msBeforeNext);
}

/** Returns the response for a paused caller, in the form of Legrand's gateway. */
export function answerPaused(seconds: number): Response {
  return Response.json(
    { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` },
    {
      status: 429,
      headers: {
        "retry-after": String(seconds),
        "cache-control": "no-store",
        "access-control-allow-origin": "*",
      },
    },
  );
}
