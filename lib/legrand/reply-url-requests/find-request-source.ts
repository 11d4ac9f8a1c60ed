import { digest } from "#lib/crypto/digest.ts";
import { openUnderToken } from "#lib/crypto/seal-under-token.ts";
import { env } from "#lib/env.ts";
import { policySource } from "#lib/http/policy-source.ts";
import { REQUEST_CONTEXT } from "#lib/legrand/reply-url-requests/open-request.ts";
import { parseRefusedRequest } from "#lib/legrand/reply-url-requests/sealed-request.ts";
import { findCiphertext } from "#lib/legrand/reply-url-requests/store.ts";

/**
 * Returns the reply URL of the stored request that a ticket names, as a CSP source, or null. The form of the
 * question leads there if the person has granted the access before, and Chromium applies `form-action` to
 * that redirect.
 */
export async function findRequestSource(ticket: string): Promise<string | null> {
  if (!env().sandbox) return null;
  const ciphertext = await findCiphertext(digest(ticket)).catch(() => null);
  if (ciphertext === null) return null;
  return policySource(parseRefusedRequest(openUnderToken(ticket, ciphertext, REQUEST_CONTEXT)).redirectUri);
}
