import { postSandboxMail } from "#lib/legrand/mail/sandbox-mail.ts";
import { withReturnTo } from "#lib/legrand/portal/return-to.ts";

/** Sends a single-use link for setting a new password. */
export function mailResetLink(email: string, token: string, returnTo: string): void {
  postSandboxMail({
    to: email,
    subject: "Set a new password",
    blocks: [
      "Someone, probably you, asked for a new password for the Legrand account with this e-mail address.",
      {
        action: "Set a new password",
        href: withReturnTo(`/legrand/reset-password?${new URLSearchParams({ token })}`, returnTo),
      },
      "The link works once, for one hour. If it was not you, ignore this mail: your password does not change.",
    ],
  });
}

/** Tells the user that the password of a sandbox account is published and cannot be changed. */
export function mailPublishedPassword(email: string): void {
  postSandboxMail({
    to: email,
    subject: "The password of a sandbox account cannot be changed",
    blocks: [
      "Someone asked for a new password for this sandbox account. All users of the sandbox share it, so its password is published and cannot be changed.",
      { action: "Sign in with one click", href: "/legrand/sign-in" },
    ],
  });
}
