import { sandboxSender } from "#lib/legrand/mail/sandbox-sender.ts";
import type { Mail } from "#lib/mail/mail.ts";
import * as shared from "#lib/mail/send-mail.ts";

/**
 * Sends a mail of the sandbox, as lib/mail does: tried again after a failure that may pass. Rejects with
 * `MailNotSentError`.
 */
export const sendMail = (mail: Mail): Promise<void> => shared.sendMail(sandboxSender(), mail);

/** The same with one attempt, for whoever comes back on their own. */
export const sendMailOnce = (mail: Mail): Promise<void> => shared.sendMailOnce(sandboxSender(), mail);
