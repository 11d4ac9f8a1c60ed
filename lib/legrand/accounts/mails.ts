import { postSandboxMail } from "#lib/legrand/mail/sandbox-mail.ts";

/** Tells the owner that the password was changed, in case someone else changed it (OWASP ASVS 5.0, 6.3.7). */
export function mailPasswordChanged(email: string): void {
  postSandboxMail({
    to: email,
    subject: "Your password was changed",
    blocks: [
      "The password of your Legrand account was changed, and all browsers that were signed in with the old one were signed out.",
      "If it was not you, set a new password now:",
      { action: "Set a new password", href: "/legrand/forgotten-password" },
    ],
  });
}

/** Tells the owner that the account was deleted. */
export function mailAccountDeleted(email: string): void {
  postSandboxMail({
    to: email,
    subject: "Your account was deleted",
    blocks: [
      "Your Legrand account was deleted, with its applications, subscriptions and homes, and with every access that it had granted.",
      "If it was not you, someone knew your password: change it wherever else you use it.",
    ],
  });
}
