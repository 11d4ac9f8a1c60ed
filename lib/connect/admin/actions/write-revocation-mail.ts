import type { LeavingOutcome } from "#lib/connect/disconnecting/describe-leaving.ts";
import type { Mail } from "#lib/mail/mail.ts";

/** The data for the mail. */
export type Revocation = {
  name: string | null;
  email: string;
  providerAccountId: string;
  reason: string;
  outcome: LeavingOutcome;
  isSignedOut: boolean;
  at: Date;
};

const TIME = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

const AT_LEGRAND: Record<LeavingOutcome, string> = {
  revoked: "Connect deleted its tokens for this account and had Legrand revoke them.",
  later:
    "Connect deleted its tokens for this account. Legrand could not be reached: Connect will tell it to revoke them as soon as possible.",
  untold:
    "Connect deleted its tokens for this account. Legrand offers no way to revoke them: remove Connect’s access there too, under Third-party access.",
  unreadable:
    "Connect deleted its tokens for this account. They could not be read, so Connect could not revoke them at Legrand: remove Connect’s access there too, under Third-party access.",
  ended: "The access of Connect to this account had already ended, so no token was left to revoke.",
};

/**
 * Writes the mail to a user whose account an administrator revoked. The reason is the administrator's own
 * text.
 */
export function writeRevocationMail({
  name,
  email,
  providerAccountId,
  reason,
  outcome,
  isSignedOut,
  at,
}: Revocation): Mail {
  return {
    to: email,
    subject: "Your Legrand account was disconnected from Connect",
    blocks: [
      `An administrator of Connect disconnected your Legrand account from Connect. The reason they gave:\n“${reason}”`,
      {
        values: {
          Account: name ? `${name}, ${email}` : email,
          "Legrand id": providerAccountId,
          Disconnected: `${TIME.format(at)} UTC`,
        },
      },
      `${AT_LEGRAND[outcome]} Nothing else changed at Legrand: your Legrand account and your homes stay as they are.`,
      ...(isSignedOut
        ? ["It was your last connected account, so you are signed out of Connect everywhere."]
        : []),
      "You can connect it again at any time, on the start page of Connect.",
      { action: "Connect again", href: "/" },
    ],
  };
}
