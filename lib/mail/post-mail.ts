import { setTimeout as wait } from "node:timers/promises";

import type { Mail, Sender } from "#lib/mail/mail.ts";
import { sendMail } from "#lib/mail/send-mail.ts";
import { logError } from "#lib/log.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";
import { currentRequestId } from "#lib/request-id.ts";

// Pages and the start have copies of this module, so the mail being sent is tracked for the whole process.
const underWay = oncePerProcess("posted-mail", () => new Set<Promise<void>>());

/**
 * Sends the mail without making the page wait. Never throws. A mail that could not be sent is logged once,
 * without its content. When the process is asked to stop, unsent mail gets a few more seconds
 * (`settlePostedMail`), and is then lost.
 */
export function postMail(sender: Sender, mail: Mail): void {
  const sending = sendMail(sender, mail)
    .catch((error: unknown) => logError(currentRequestId(), "mail", error))
    .finally(() => underWay.delete(sending));
  underWay.add(sending);
}

/**
 * Waits until posted mail is sent, for at most `milliseconds`. Logs how many mails were lost. Used when the
 * process stops.
 */
export async function settlePostedMail(milliseconds: number): Promise<void> {
  if (underWay.size === 0) return;
  await Promise.race([Promise.all(underWay), wait(milliseconds)]);
  if (underWay.size)
    logError(
      currentRequestId(),
      "mail",
      new Error(`${underWay.size} mails were not sent: the server stopped`),
    );
}
