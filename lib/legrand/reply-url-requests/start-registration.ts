import { digest } from "#lib/crypto/digest.ts";
import { sealUnderToken } from "#lib/crypto/seal-under-token.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { registerPath } from "#lib/legrand/reply-url-requests/register-path.ts";
import { REQUEST_CONTEXT } from "#lib/legrand/reply-url-requests/open-request.ts";
import { openReplyUrlRequest } from "#lib/legrand/reply-url-requests/sealed-request.ts";
import { putReplyUrlRequest } from "#lib/legrand/reply-url-requests/store.ts";

/**
 * Stores the refused request that the form of the error page carries. Returns the address of the question, in
 * which only a ticket names the request, or null if no error page made this form for the account and the
 * application. Nothing is registered yet.
 */
export async function startRegistration(
  account: LegrandAccount,
  application: OwnedApplication,
  sealed: string,
): Promise<string | null> {
  const request = openReplyUrlRequest(account, application, sealed);
  if (!request) return null;
  const { ticket, version, expiresAt, redirectUri, query } = request;
  await putReplyUrlRequest(account, application, {
    digest: digest(ticket),
    version,
    expiresAt,
    ciphertext: sealUnderToken(ticket, JSON.stringify({ redirectUri, query }), REQUEST_CONTEXT),
  });
  return registerPath(application.clientId, ticket);
}
