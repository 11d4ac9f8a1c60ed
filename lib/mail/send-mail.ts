import { setTimeout as wait } from "node:timers/promises";

import { env } from "#lib/env.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { composeMail } from "#lib/mail/compose-mail.ts";
import { keepMail } from "#lib/mail/keep-mail.ts";
import { MailNotSentError } from "#lib/mail/mail-not-sent-error.ts";
import type { Mail, Sender } from "#lib/mail/mail.ts";
import { sendBySmtp } from "#lib/mail/send-by-smtp.ts";

/**
 * Pauses between attempts. The mail waits in memory only, because a body with a secret must not be stored.
 */
const PAUSES_MS = [1_000, 5_000, 25_000];

/**
 * Sends the mail by SMTP, or keeps it in the data folder if no SMTP server is set. A temporary failure is
 * retried three times within half a minute; pages therefore use `postMail`, which does not wait. Rejects with
 * `MailNotSentError`.
 */
export async function sendMail(sender: Sender, mail: Mail): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      return await sendMailOnce(sender, mail);
    } catch (error) {
      if (!(error instanceof MailNotSentError) || error.isFinal) throw error;
    }
    await wait(pause);
  }
  return sendMailOnce(sender, mail);
}

/**
 * Like `sendMail` with a single attempt, for callers that retry on their own or report the result to a user.
 */
export async function sendMailOnce(sender: Sender, mail: Mail): Promise<void> {
  const message = composeMail(sender, mail);
  const {
    mail: { smtpUrl, isRead },
  } = env();
  if (smtpUrl) return sendBySmtp(smtpUrl, mail.to, message);
  if (!isRead) sayKept();
  await keepMail(message);
}

let isSaid = false;

/** Logs, once per process, that mail is kept unread in the data folder, which the operator may not know. */
function sayKept(): void {
  if (isSaid) return;
  isSaid = true;
  logError(newRequestId(), "mail", "SMTP_URL is not set: mail is kept in the data folder and not delivered");
}
