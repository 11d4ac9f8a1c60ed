import { secondsFromNow } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import { setCookieLine } from "#lib/http/set-cookie-line.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { putPendingSecret } from "#lib/legrand/client-secrets/store.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";

/** Long enough for a redirect on a slow connection, and too short for the ticket to be found later. */
const TICKET_LIFETIME_SECONDS = 120;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Requests a new client secret for the application's Overview. The secret is generated when that page is
 * rendered, and does not exist before. A form post answers with a redirect, which could carry the secret only
 * in its URL. Returns the `Set-Cookie` value of the ticket for `/legrand/applications/{client_id}`, or
 * `too_many` if five secrets are active. An earlier unused ticket becomes void.
 */
export async function requestSecret(
  application: OwnedApplication,
  account: LegrandAccount,
  { label, lifetimeDays }: { label: string; lifetimeDays: number },
): Promise<{ ok: true; cookie: string } | { ok: false; reason: "too_many" }> {
  const ticket = randomToken();
  const added = await putPendingSecret(application, {
    digest: digest(ticket),
    label,
    createdBy: fullName(account),
    secretEndsAt: secondsFromNow(lifetimeDays * DAY_SECONDS),
    expiresAt: secondsFromNow(TICKET_LIFETIME_SECONDS),
  });
  return added
    ? { ok: true, cookie: ticketCookie(application.clientId, ticket) }
    : { ok: false, reason: "too_many" };
}

// SameSite is Strict, so that a link from another site, followed within the two minutes, does not spend the
// ticket.
function ticketCookie(clientId: string, ticket: string): string {
  return setCookieLine(sandboxCookieName("secret-ticket"), ticket, {
    path: applicationPath(clientId),
    lifetimeSeconds: TICKET_LIFETIME_SECONDS,
    sameSite: "strict",
  });
}
