import { digest } from "#lib/crypto/digest.ts";
import { consumeAttempts } from "#lib/legrand/attempts/consume-attempts.ts";
import { attemptLimiter } from "#lib/legrand/attempts/store.ts";

const WINDOW_SECONDS = 60 * 60;
/** Mails that anybody may have sent to one address within the window. */
const MAILS_PER_ADDRESS = 5;
/** Mails that one network may have sent within the window, to whomever: an office shares one. */
const MAILS_PER_NETWORK = 100;

/**
 * Counts a request for a mail before anything is looked up, so that the count says nothing about who has an account. Refuses,
 * with the waiting time in seconds, when the address or the network has used up its mails (OWASP ASVS 5.0, 6.3.1).
 */
export function countMailRequest(email: string, network: string): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }> {
  return consumeAttempts([
    [attemptLimiter("mail-network", MAILS_PER_NETWORK, WINDOW_SECONDS), network],
    [attemptLimiter("mail-to", MAILS_PER_ADDRESS, WINDOW_SECONDS), digest(email.toLowerCase())],
  ]);
}
