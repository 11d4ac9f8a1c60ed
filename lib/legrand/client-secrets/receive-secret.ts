import { cookies, headers } from "next/headers";

import { DOCUMENT_HEADER } from "#lib/http/document-header.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { handOverSecret, type FreshSecret } from "#lib/legrand/client-secrets/hand-over-secret.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";

/**
 * The secret that the page which is being rendered is to show, when its browser brings a ticket; `spent` when
 * the ticket was used before, as after a reload. Only for a document: what a script or the browser fetches
 * ahead, or a program by HEAD, is seen by nobody, and the ticket would be spent on it.
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
