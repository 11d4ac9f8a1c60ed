import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";
import type { ExpiryNotice } from "#lib/legrand/expiry-notices/expiry-notice.ts";
import { claimExpiryNotices, releaseExpiryNotices } from "#lib/legrand/expiry-notices/store.ts";
import { writeExpiryMail } from "#lib/legrand/expiry-notices/write-expiry-mail.ts";
import { MailNotSentError } from "#lib/mail/mail-not-sent-error.ts";
import type { Mail } from "#lib/mail/mail.ts";
import { sendMailOnce } from "#lib/legrand/mail/send-mail.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

const BATCH = 20;

/**
 * Tells developers that a client secret ends in 30 days, in 7, or has ended: each notice once, the latest one
 * only where several are due. A notice is claimed, then sent; a mail that could not be handed over gives its
 * claim back, and the sweep ends there, to try again the next time. Returns how many mails went out.
 */
export async function sendExpiryNotices(send: (mail: Mail) => Promise<void> = sendMailOnce): Promise<number> {
  if (!env().sandbox) return 0;
  let total = 0;
  for (;;) {
    const claimed = await claimExpiryNotices(now(), BATCH);
    const unsent = (await Promise.all(claimed.map((notice) => deliver(notice, send)))).filter(
      (notice) => notice !== null,
    );
    total += claimed.length - unsent.length;
    if (unsent.length) await releaseExpiryNotices(unsent);
    if (unsent.length || claimed.length < BATCH) return total;
  }
}

/** Sends one; returns the notice whose claim has to be given back, or null. */
async function deliver(
  notice: ExpiryNotice,
  send: (mail: Mail) => Promise<void>,
): Promise<ExpiryNotice | null> {
  try {
    await send(writeExpiryMail(notice));
    return null;
  } catch (error) {
    logError(currentRequestId(), "expiry notice", error);
    // A recipient that the server will never take is not asked about every ten minutes.
    return error instanceof MailNotSentError && error.isFinal ? null : notice;
  }
}
