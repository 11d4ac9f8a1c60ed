import { setTimeout as wait } from "node:timers/promises";

import type { Mail, Sender } from "#lib/mail/mail.ts";
import { sendMail } from "#lib/mail/send-mail.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

// Pages and the start have copies of this module; what is under way is known to the process.
const KEY = Symbol.for("legrand-connect.posted-mail");
const shared = globalThis as { [KEY]?: Set<Promise<void>> };
const underWay = () => (shared[KEY] ??= new Set());

/**
 * Sends the mail while the page goes on: never throws, and a mail that could not be sent is logged once,
 * without what it said. What is still under way when the process is asked to stop gets a few seconds
 * (`settlePostedMail`) and is lost then.
 */
export function postMail(sender: Sender, mail: Mail): void {
  const sending = sendMail(sender, mail)
    .catch((error: unknown) => logError(currentRequestId(), "mail", error))
    .finally(() => underWay().delete(sending));
  underWay().add(sending);
}

/**
 * Waits until posted mail is on its way, at most that long; logs how many were lost. For the stop of the
 * process.
 */
export async function settlePostedMail(milliseconds: number): Promise<void> {
  if (underWay().size === 0) return;
  await Promise.race([Promise.all(underWay()), wait(milliseconds)]);
  if (underWay().size)
    logError(
      currentRequestId(),
      "mail",
      new Error(`${underWay().size} mails were not sent: the server stopped`),
    );
}
