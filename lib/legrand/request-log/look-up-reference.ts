import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { consumeAttempts } from "#lib/legrand/attempts/consume-attempts.ts";
import { attemptLimiter } from "#lib/legrand/attempts/store.ts";
import { findByReference } from "#lib/legrand/request-log/list.store.ts";
import type { ListedAttempt } from "#lib/legrand/request-log/listed-attempt.ts";
import { parseReference } from "#lib/legrand/request-log/reference.ts";

/** Look-ups of one developer in a minute. A reference is short, so it must not be guessed. */
const LOOK_UPS_PER_MINUTE = 30;

/** What a look-up found, or why it found nothing. */
export type LookUp =
  | { ok: true; reference: string; attempts: ListedAttempt[] }
  | { ok: false; reason: "not_a_reference" | "not_found" }
  | { ok: false; reason: "too_many"; retryAfterSeconds: number };

/**
 * Looks up the reference of an error page among the attempts of one application, for its developer. A reference
 * of another application is not found.
 */
export async function lookUpReference(
  { id }: LegrandAccount,
  application: OwnedApplication,
  typed: string,
): Promise<LookUp> {
  const reference = parseReference(typed);
  if (!reference) return { ok: false, reason: "not_a_reference" };
  const allowed = await consumeAttempts([[attemptLimiter("reference", LOOK_UPS_PER_MINUTE, 60), id]]);
  if (!allowed.ok) return { ok: false, reason: "too_many", retryAfterSeconds: allowed.retryAfterSeconds };
  const attempts = await findByReference(application, reference);
  return attempts.length ? { ok: true, reference, attempts } : { ok: false, reason: "not_found" };
}
