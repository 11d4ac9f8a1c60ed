import { cookies, headers } from "next/headers";

import { DOCUMENT_HEADER } from "#lib/http/server-headers.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { handOverSecret, type FreshSecret } from "#lib/legrand/client-secrets/hand-over-secret.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";

/**
 * Returns the secret for the page that is being rendered, if its browser sent a ticket. Returns `spent` if
 * the ticket is no longer valid, for example after a reload, and null without a ticket. It works only for a
 * document. A response to a script, a prefetch or a HEAD request is never displayed, so the ticket would be
 * spent for nothing.
 */
export async function receiveSecret(application: OwnedApplication): Promise<FreshSecret | "spent" | null> {
  const ticket = (await cookies()).get(sandboxCookieName("secret-ticket"))?.value;
  const asked = await headers();
  const isDocument =
    asked.get(DOCUMENT_HEADER) === "1" &&
    (asked.get("sec-fetch-dest") ?? "document") === "document" &&
    !asked.has("sec-purpose");
  return ticket && isDocument ? ((await handOverSecret(application, ticket)) ?? "spent") : null;
}
