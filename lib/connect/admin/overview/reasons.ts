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
/** There are five refresh troubles and five reconnect reasons, so each has its own mark within its plot. */
const MARKS = 5;

/** Returns the colour and pattern of a reason, which is unique within its plot. */
export function markOfReason(key: string): number {
  return Math.max(0, ORDER.indexOf(key)) % MARKS;
}

/** Returns a short label for the reason of a failed refresh. An unknown reason is its own label. */
export function nameReason(key: string): string {
  return Object.hasOwn(REASONS, key) ? REASONS[key as keyof typeof REASONS] : key || "No reason known";
}
