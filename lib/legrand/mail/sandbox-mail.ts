import { env } from "#lib/env.ts";
import type { Mail, Sender } from "#lib/mail/mail.ts";
import { postMail } from "#lib/mail/post-mail.ts";
import { sendMail, sendMailOnce } from "#lib/mail/send-mail.ts";

/** Returns the sender of the sandbox's mail. */
function sandboxSender(): Sender {
  return {
    from: env().sandbox!.mail.from,
    footer: "Legrand sandbox · not the real cloud",
    footerPath: "/legrand/applications",
  };
}

/**
 * Sends a mail of the sandbox, as lib/mail does, with retries after a temporary failure. Rejects with
 * `MailNotSentError`.
 */
export const sendSandboxMail = (mail: Mail): Promise<void> => sendMail(sandboxSender(), mail);

/** Like `sendSandboxMail` with a single attempt, for callers that retry on their own. */
export const sendSandboxMailOnce = (mail: Mail): Promise<void> => sendMailOnce(sandboxSender(), mail);

/** Sends a mail of the sandbox without making the page wait, as lib/mail does. Never throws. */
export const postSandboxMail = (mail: Mail): void => postMail(sandboxSender(), mail);
