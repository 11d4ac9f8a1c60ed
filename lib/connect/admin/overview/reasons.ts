import type { ReconnectReason, RefreshTrouble } from "#lib/db/generated/enums.ts";

const REASONS: Record<RefreshTrouble | ReconnectReason, string> = {
  unreachable: "Legrand did not answer",
  server_error: "Legrand error",
  rate_limited: "Too many requests",
  unusable_answer: "An unusable answer",
  not_admitted: "Application not admitted",
  revoked: "Access removed at Legrand",
  refresh_token_expired: "Not used for too long",
  client_secret_expired: "Client secret expired",
  scope_withdrawn: "Permission taken back",
  key_lost: "Encryption key lost",
};

const ORDER = Object.keys(REASONS);
/** As many as there are troubles, and reasons to reconnect. */
const MARKS = 5;

/** Which colour and pattern a reason has: others than every other of its plot. */
export function markOfReason(key: string): number {
  return Math.max(0, ORDER.indexOf(key)) % MARKS;
}

/** A reason of a failed refresh in a few words; one that nobody has words for is its own. */
export function nameReason(key: string): string {
  return Object.hasOwn(REASONS, key) ? REASONS[key as keyof typeof REASONS] : key || "No reason known";
}
