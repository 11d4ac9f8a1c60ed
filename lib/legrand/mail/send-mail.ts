import { sandboxSender } from "#lib/legrand/mail/sandbox-sender.ts";
import type { Mail } from "#lib/mail/mail.ts";
import * as shared from "#lib/mail/send-mail.ts";

/**
 * Sends a mail of the sandbox, as lib/mail does, with retries after a temporary failure. Rejects with
 * `MailNotSentError`.
 */
export const sendMail = (mail: Mail): Promise<void> => shared.sendMail(sandboxSender(), mail);

/** Like `sendMail` with a single attempt, for callers that retry on their own. */
export const sendMailOnce = (mail: Mail): Promise<void> => shared.sendMailOnce(sandboxSender(), mail);
