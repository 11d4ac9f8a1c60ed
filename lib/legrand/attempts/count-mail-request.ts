import { digest } from "#lib/crypto/digest.ts";
import { consumeAttempts } from "#lib/legrand/attempts/consume-attempts.ts";
import { attemptLimiter } from "#lib/legrand/attempts/store.ts";
import { toComparableEmail } from "#lib/email-address.ts";

const WINDOW_SECONDS = 60 * 60;
/** Mails of one kind to one address within the window, over all people who request them. */
const MAILS_PER_ADDRESS = 5;
/** Mails that one network may request within the window, to any address. An office shares one network. */
const MAILS_PER_NETWORK = 100;

/**
 * Each kind of mail has its own count. With one shared count, a stranger who signs up with an address could
 * block its owner from the link that sets a new password. A stranger who requests such links does no harm,
 * because the links go to the owner and work.
 */
const COUNTED_AS = { sign_up: "mail-to", password_reset: "reset-mail-to" } as const;

/**
 * Counts a request for a mail before any look-up, so that the count does not reveal who has an account.
 * Refuses, with the waiting time in seconds, if the address or the network has used up its mails (OWASP ASVS
 * 5.0, 6.3.1).
 */
export function countMailRequest(
  kind: keyof typeof COUNTED_AS,
  email: string,
  network: string,
): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }> {
  return consumeAttempts([
    [attemptLimiter("mail-network", MAILS_PER_NETWORK, WINDOW_SECONDS), network],
    [attemptLimiter(COUNTED_AS[kind], MAILS_PER_ADDRESS, WINDOW_SECONDS), digest(toComparableEmail(email))],
  ]);
}
