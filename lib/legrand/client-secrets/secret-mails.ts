import { env } from "#lib/env.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { applicationPath } from "#lib/legrand/applications/application-path.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { clientFacts } from "#lib/legrand/applications/settings/client-facts.ts";
import type { ClientSecret } from "#lib/legrand/client-secrets/client-secret.ts";
import type { FreshSecret } from "#lib/legrand/client-secrets/hand-over-secret.ts";
import type { Mail, MailBlock } from "#lib/mail/mail.ts";

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/**
 * Returns the mail after a secret was generated. The first mail has everything that the application's pages show
 * (Works with Legrand, Registration). A later mail only says that there is a new secret. Only the first mail
 * contains the secret itself, and only if `MAIL_CLIENT_SECRET` allows it.
 */
export function describeSecretMail(
  account: LegrandAccount,
  application: OwnedApplication,
  secret: FreshSecret,
): Mail {
  return secret.isFirst
    ? detailsMail(account, application, secret)
    : generatedMail(account, application, secret);
}

function detailsMail(account: LegrandAccount, application: OwnedApplication, secret: FreshSecret): Mail {
  const { issuer, authorizeUrl, tokenUrl, apiUrl } = clientFacts(application, env().sandbox!.issuer);
  const carries = env().sandbox!.mail.carriesSecret;
  return {
    to: account.email,
    subject: `${application.name} is registered`,
    blocks: [
      `${application.name} is registered at the Legrand sandbox. Its credentials and settings:`,
      {
        values: {
          "Client ID": application.clientId,
          ...(carries ? { "Client secret": secret.value } : {}),
          "Secret expires": DAY.format(secret.expiresAt),
        },
      },
      carries
        ? "Treat the client secret like a password. It cannot be sent again: if you lose it, generate a new one and delete this one."
        : "The client secret was shown once, on the application's page. If you lose it, generate a new one.",
      { values: { Issuer: issuer, Authorize: authorizeUrl, Token: tokenUrl, API: apiUrl } },
      {
        values: Object.fromEntries(
          application.replyUrls.map((url, index) => [`Reply URL ${index + 1}`, url]),
        ),
      },
      { values: { Scopes: application.scopes.join(" ") } },
      linkTo(application),
    ],
  };
}

function generatedMail(
  account: LegrandAccount,
  application: OwnedApplication,
  { label, value, expiresAt }: FreshSecret,
): Mail {
  return {
    to: account.email,
    subject: `A new client secret was generated for ${application.name}`,
    blocks: [
      `A new client secret was generated for ${application.name}. It was shown once, on the application's page, and is not in this mail.`,
      { values: { Label: label, "Ends in": value.slice(-4), Expires: DAY.format(expiresAt) } },
      "When your application uses the new one, delete the old one. If you did not generate it, delete it and change your password.",
      linkTo(application),
    ],
  };
}

/** Returns the mail after a secret was deleted. */
export function describeDeletionMail(
  account: LegrandAccount,
  application: OwnedApplication,
  secret: Pick<ClientSecret, "label" | "lastCharacters">,
): Mail {
  return {
    to: account.email,
    subject: `A client secret of ${application.name} was deleted`,
    blocks: [
      `A client secret of ${application.name} was deleted. Token requests with it are refused from now on.`,
      { values: { Label: secret.label, "Ended in": secret.lastCharacters } },
      "If you did not delete it, change your password.",
      linkTo(application),
    ],
  };
}

const linkTo = ({ clientId }: OwnedApplication): MailBlock => ({
  action: "Open the application",
  href: applicationPath(clientId),
});
