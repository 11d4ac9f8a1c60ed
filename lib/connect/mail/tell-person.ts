import { env } from "#lib/env.ts";
import { logError, newRequestId } from "#lib/log.ts";
import type { Mail, Sender } from "#lib/mail/mail.ts";
import { sendMailOnce } from "#lib/mail/send-mail.ts";

/**
 * The result of a mail. `kept`: it is in the data folder and was not delivered, because no SMTP server is
 * set.
 */
export type MailOutcome = "sent" | "kept" | "no_address" | "failed";

/**
 * Sends a mail of Connect. Makes only one attempt, because the user who caused the mail is waiting for the
 * result. Never throws; a failure is logged without the text of the mail.
 */
export async function tellPerson(mail: Mail): Promise<MailOutcome> {
  try {
    await sendMailOnce(connectSender(), mail);
    return env().mail.isRead ? "sent" : "kept";
  } catch (error) {
    logError(newRequestId(), "mail", error);
    return "failed";
  }
}

/** Returns the sender and footer of Connect's mail. */
function connectSender(): Sender {
  return { from: env().mail.connectFrom, footer: "Connect", footerPath: "/" };
}
