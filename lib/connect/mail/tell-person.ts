import { connectSender } from "#lib/connect/mail/connect-sender.ts";
import { env } from "#lib/env.ts";
import { logError, newRequestId } from "#lib/log.ts";
import type { Mail } from "#lib/mail/mail.ts";
import { sendMailOnce } from "#lib/mail/send-mail.ts";

/** What became of a mail: `kept` in the data folder where nobody reads it, because no SMTP server is set. */
export type MailOutcome = "sent" | "kept" | "no_address" | "failed";

/**
 * Sends a mail of Connect, once, since whoever caused it waits to hear what became of it. Never throws; a
 * failure is logged, without what the mail said.
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
