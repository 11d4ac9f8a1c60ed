import { now } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { openUnderToken } from "#lib/crypto/seal-under-token.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { versionOfApplication } from "#lib/legrand/reply-url-requests/application-version.ts";
import { parseRefusedRequest, type RefusedRequest } from "#lib/legrand/reply-url-requests/sealed-request.ts";
import { findReplyUrlRequest, type StoredRequest } from "#lib/legrand/reply-url-requests/store.ts";

/** Names what the ciphertext of a stored request is for. */
export const REQUEST_CONTEXT = "stored-reply-url-request";

/** Why a request cannot be used any more. */
export type RequestEnd = "unknown" | "used" | "expired" | "changed";

/** A stored request that can be used, with the digest that names it, or the reason why it cannot. */
export type OpenedRequest = ({ ok: true; digest: string } & RefusedRequest) | { ok: false; end: RequestEnd };

/**
 * Opens the stored request that a ticket names. It can be used once, within ten minutes, by the account that
 * started it, while the application is as that account saw it.
 */
export async function openRequest(
  account: LegrandAccount,
  application: OwnedApplication,
  ticket: string,
): Promise<OpenedRequest> {
  const stored = await findReplyUrlRequest(account, application, digest(ticket));
  const end = stored ? endOf(stored, application) : "unknown";
  if (!stored || end) return { ok: false, end: end ?? "unknown" };
  const refused = parseRefusedRequest(openUnderToken(ticket, stored.ciphertext, REQUEST_CONTEXT));
  return { ok: true, digest: stored.digest, ...refused };
}

function endOf(
  { usedAt, expiresAt, version }: StoredRequest,
  application: OwnedApplication,
): RequestEnd | null {
  if (usedAt) return "used";
  if (expiresAt <= now()) return "expired";
  return version === versionOfApplication(application) ? null : "changed";
}
