import { setTimeout as wait } from "node:timers/promises";

import { env } from "#lib/env.ts";
import { composeMail } from "#lib/legrand/mail/compose-mail.ts";
import { keepMail } from "#lib/legrand/mail/keep-mail.ts";
import type { Mail } from "#lib/legrand/mail/mail.ts";
import { MailNotSentError } from "#lib/legrand/mail/mail-not-sent-error.ts";
import { sendBySmtp } from "#lib/legrand/mail/send-by-smtp.ts";

/** Between attempts; in memory only, because a body with a secret must not be stored. */
const PAUSES_MS = [1_000, 5_000, 25_000];

/**
 * Sends the mail by SMTP, or keeps it in the data folder where no SMTP server is set. A failure that may pass is tried again
 * three times in half a minute, so that a page uses `postMail` and waits for nothing. Rejects with `MailNotSentError`.
 */
export async function sendMail(mail: Mail): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      return await sendMailOnce(mail);
    } catch (error) {
      if (!(error instanceof MailNotSentError) || error.isFinal) throw error;
    }
    await wait(pause);
  }
  return sendMailOnce(mail);
}

/** The same with one attempt, for whoever comes back on their own. */
export async function sendMailOnce(mail: Mail): Promise<void> {
  const message = composeMail(mail);
  const { smtpUrl } = env().sandbox!.mail;
  await (smtpUrl ? sendBySmtp(smtpUrl, mail.to, message) : keepMail(message));
}
