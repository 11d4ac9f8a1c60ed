import type { RateLimiterPrisma } from "rate-limiter-flexible";

import { digest } from "#lib/crypto/digest.ts";
import { consumeAttempts } from "#lib/legrand/attempts/consume-attempts.ts";
import { attemptLimiter } from "#lib/legrand/attempts/store.ts";
import { toComparableEmail } from "#lib/email-address.ts";

const QUARTER_SECONDS = 15 * 60;
const HOUR_SECONDS = 60 * 60;

// A window begins with its first attempt, so any hour touches at most two one-hour windows. Within any hour,
// at most 2 × (30 + 15) = 90 passwords can therefore be tried at one account, over all networks and browsers.

/**
 * Failed sign-ins from one network within a quarter of an hour, including attempts in progress. A household
 * or an office shares one network.
 */
const PER_NETWORK = 100;
/** Failed sign-ins to one account from one network within a quarter of an hour (OWASP ASVS 5.0, 6.3.1). */
const PER_ACCOUNT_AND_NETWORK = 10;
/** Failed sign-ins to one account within an hour from all networks together. */
const PER_ACCOUNT = 30;
/**
 * Wrong passwords within an hour from one browser that is known to the account, before it is treated like any
 * other browser.
 */
const PER_KNOWN_BROWSER = 5;
/** Wrong passwords within an hour from all known browsers of one account together. */
const PER_ACCOUNT_KNOWN = 15;

/** The result of counting an attempt. Call `succeeded` if the password was right. */
export type Attempt = { ok: true; succeeded: () => Promise<void> } | { ok: false; retryAfterSeconds: number };

/**
 * The caller that tries a password. `knownAs` identifies a browser that is known to the account, by its
 * device cookie or its session; otherwise it is null.
 */
export type Guesser = { email: string; network: string; knownAs: string | null };

/**
 * Counts an attempt before the password is checked, so that a burst of parallel guesses is counted too. A
 * browser that is known to the account has its own attempts, so that a stranger's failures do not pause the
 * owner. After those, it uses the attempts of a stranger. Refuses with the waiting time in seconds.
 */
export async function countSignInAttempt({ email, network, knownAs }: Guesser): Promise<Attempt> {
  const account = digest(toComparableEmail(email));
  const known = knownAs === null ? null : await consume(limitsOfKnown(account, knownAs));
  if (known?.ok) return known;
  const stranger = await consume(limitsOfStranger(account, network));
  if (stranger.ok || !known) return stranger;
  return { ok: false, retryAfterSeconds: Math.min(stranger.retryAfterSeconds, known.retryAfterSeconds) };
}

/**
 * One counter. After a right password, a common counter (shared with other people) gets this attempt back;
 * any other counter is reset to 0.
 */
type Limit = { limiter: RateLimiterPrisma; key: string; isCommon: boolean };

function limitsOfStranger(account: string, network: string): Limit[] {
  return [
    { limiter: attemptLimiter("address", PER_NETWORK, QUARTER_SECONDS), key: network, isCommon: true },
    {
      limiter: attemptLimiter("account-network", PER_ACCOUNT_AND_NETWORK, QUARTER_SECONDS),
      key: `${account}:${network}`,
      isCommon: false,
    },
    { limiter: attemptLimiter("account", PER_ACCOUNT, HOUR_SECONDS), key: account, isCommon: true },
  ];
}

function limitsOfKnown(account: string, knownAs: string): Limit[] {
  return [
    { limiter: attemptLimiter("known", PER_KNOWN_BROWSER, HOUR_SECONDS), key: knownAs, isCommon: false },
    {
      limiter: attemptLimiter("account-known", PER_ACCOUNT_KNOWN, HOUR_SECONDS),
      key: account,
      isCommon: true,
    },
  ];
}

async function consume(limits: Limit[]): Promise<Attempt> {
  const counted = await consumeAttempts(limits.map(({ limiter, key }) => [limiter, key]));
  if (!counted.ok) return counted;
  const succeeded = async () => {
    await Promise.all(
      limits.map(({ limiter, key, isCommon }): Promise<unknown> =>
        isCommon ? limiter.reward(key) : limiter.delete(key),
      ),
    );
  };
  return { ok: true, succeeded };
}
