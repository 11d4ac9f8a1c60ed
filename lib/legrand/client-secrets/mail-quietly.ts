import { logError, newRequestId } from "#lib/log.ts";
import { sendMail, type Mail } from "#lib/legrand/mail/send-mail.ts";

/** Sends a mail after the answer: a mail server that is down undoes nothing, and is logged without what the mail says. */
export async function mailQuietly(mail: Mail): Promise<void> {
  try {
    await sendMail(mail);
  } catch (error) {
    logError(newRequestId(), "mail to a developer", error);
  }
}
