import { postSandboxMail } from "#lib/legrand/mail/sandbox-mail.ts";
import { withReturnTo } from "#lib/legrand/portal/return-to.ts";

// Mail to an unconfirmed address never repeats what was typed. Otherwise a stranger could send any text to
// any address.

/** Sends the link at which the reader sets a password, which creates the account. */
export function mailConfirmation(email: string, token: string, returnTo: string): void {
  postSandboxMail({
    to: email,
    subject: "Confirm your e-mail address",
    blocks: [
      "Someone, probably you, signed up for a Legrand account with this e-mail address. To create the account, confirm the address and choose a password.",
      {
        action: "Confirm your e-mail address",
        href: withReturnTo(`/legrand/sign-up/confirm?${new URLSearchParams({ token })}`, returnTo),
      },
      "The link works for 24 hours. If it was not you, ignore this mail: no account is created.",
    ],
  });
}

/** Tells the owner of an account that someone signed up with the same address. */
export function mailTaken(email: string, returnTo: string): void {
  postSandboxMail({
    to: email,
    subject: "You already have a Legrand account",
    blocks: [
      "Someone, probably you, signed up for a Legrand account with this e-mail address. The address already has an account, so nothing was changed.",
      { action: "Sign in", href: withReturnTo("/legrand/sign-in", returnTo) },
      {
        action: "Set a new password, if you do not know yours",
        href: withReturnTo("/legrand/forgotten-password", returnTo),
      },
      "If it was not you, ignore this mail.",
    ],
  });
}
