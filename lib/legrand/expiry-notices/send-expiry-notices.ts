import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";
import type { ExpiryNotice } from "#lib/legrand/expiry-notices/expiry-notice.ts";
import { claimExpiryNotices, releaseExpiryNotices } from "#lib/legrand/expiry-notices/store.ts";
import { writeExpiryMail } from "#lib/legrand/expiry-notices/write-expiry-mail.ts";
import { MailNotSentError } from "#lib/mail/mail-not-sent-error.ts";
import type { Mail } from "#lib/mail/mail.ts";
import { sendSandboxMailOnce } from "#lib/legrand/mail/sandbox-mail.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

const BATCH = 20;

/**
 * Notifies developers that a client secret expires in 30 days, in 7 days, or has expired. Each notice is sent
 * once. If several are due, only the latest is sent. A notice is claimed and then sent. If a mail could not
 * be handed over, its claim is released and the sweep ends, so that the next sweep tries again. Returns the
 * number of sent mails.
 */
export async function sendExpiryNotices(
  send: (mail: Mail) => Promise<void> = sendSandboxMailOnce,
): Promise<number> {
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

/** Sends one mail. Returns the notice if its claim must be released, otherwise null. */
async function deliver(
  notice: ExpiryNotice,
  send: (mail: Mail) => Promise<void>,
): Promise<ExpiryNotice | null> {
  try {
    await send(writeExpiryMail(notice));
    return null;
  } catch (error) {
    logError(currentRequestId(), "expiry notice", error);
    // If the server will never accept the recipient, the mail is not retried every ten minutes.
    return error instanceof MailNotSentError && error.isFinal ? null : notice;
  }
}
