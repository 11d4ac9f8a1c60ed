import { cookies, headers } from "next/headers";

import { digest } from "#lib/crypto/digest.ts";
import { DOCUMENT_HEADER } from "#lib/http/document-header.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { handOverSecret, type FreshSecret } from "#lib/legrand/client-secrets/hand-over-secret.ts";
import { hasPendingSecret } from "#lib/legrand/client-secrets/store.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";

/**
 * Returns the secret for the page that is being rendered, if its browser sent a ticket. Returns `spent` if
 * the ticket was used, for example after a reload, `expired` if it expired unused, and null without a ticket.
 * It works only for a document. A response to a script, a prefetch or a HEAD request is never displayed, so
 * the ticket would be spent for nothing.
 */
export async function receiveSecret(
  application: OwnedApplication,
): Promise<FreshSecret | "spent" | "expired" | null> {
  const ticket = (await cookies()).get(sandboxCookieName("secret-ticket"))?.value;
  const asked = await headers();
  const isDocument =
    asked.get(DOCUMENT_HEADER) === "1" &&
    (asked.get("sec-fetch-dest") ?? "document") === "document" &&
    !asked.has("sec-purpose");
  if (!ticket || !isDocument) return null;
  const secret = await handOverSecret(application, ticket);
  if (secret) return secret;
  return (await hasPendingSecret(application, digest(ticket))) ? "expired" : "spent";
}
