import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import type { ExpiryNotice } from "#lib/legrand/expiry-notices/expiry-notice.ts";
import type { Mail } from "#lib/mail/mail.ts";

const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/**
 * Returns the mail of a notice: which secret it is, when it expires or expired, when it was last used, and
 * where to generate another one.
 */
export function writeExpiryMail(notice: ExpiryNotice): Mail {
  const { threshold, applicationName, label, lastCharacters, expiresAt, lastUsedAt, clientId, to } = notice;
  const isOver = threshold === 0;
  return {
    to,
    subject: `A client secret of ${applicationName} ${isOver ? "has expired" : `expires on ${DATE.format(expiresAt)}`}`,
    blocks: [
      `A client secret of your application ${applicationName} ${isOver ? "has expired. Token requests with it are refused" : `expires on ${DATE.format(expiresAt)}. From then on token requests with it are refused`}.`,
      {
        values: {
          Secret: `${label}, ending in ${lastCharacters}`,
          [isOver ? "Expired" : "Expires"]: `${MOMENT.format(expiresAt)} UTC`,
          "Last used": lastUsedAt ? `${MOMENT.format(lastUsedAt)} UTC` : "never",
          "Client ID": clientId,
        },
      },
      adviceFor(notice),
      { action: "Open the application", href: applicationPath(clientId) },
    ],
  };
}

function adviceFor({ threshold, lastUsedAt, isSuspended }: ExpiryNotice): string {
  if (isSuspended)
    return "The application is suspended. When you resume it, it needs a secret that has not expired.";
  if (!lastUsedAt)
    return "This secret has never been used. If another one is in use, you do not need to do anything.";
  if (threshold === 0)
    return "If the application still uses it, generate a new client secret and replace this one with it.";
  return "Generate a new client secret, switch the application to it, and delete this one when it is no longer used. Both work until then.";
}
