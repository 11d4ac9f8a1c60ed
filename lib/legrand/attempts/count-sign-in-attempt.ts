import { digest } from "#lib/crypto/digest.ts";
import { consumeAttempts } from "#lib/legrand/attempts/consume-attempts.ts";
import { attemptLimiter } from "#lib/legrand/attempts/store.ts";

const WINDOW_SECONDS = 15 * 60;
/** Failed sign-ins of one account within the window (OWASP ASVS 5.0, 6.3.1). */
const ATTEMPTS_PER_ACCOUNT = 10;
/** Failed sign-ins from one network within the window, with those under way: a household or an office shares one. */
const ATTEMPTS_PER_ADDRESS = 100;

/** An attempt that was counted; call `succeeded` when the password was right. */
export type Attempt = { ok: true; succeeded: () => Promise<void> } | { ok: false; retryAfterSeconds: number };

/**
 * Counts a sign-in attempt before the password is looked at, so that a burst of parallel guesses is counted too. Refuses,
 * with the waiting time in seconds, when the account or the address has used up its attempts.
 */
export async function countSignInAttempt(email: string, address: string): Promise<Attempt> {
  const accountKey = digest(email.toLowerCase());
  const account = attemptLimiter("account", ATTEMPTS_PER_ACCOUNT, WINDOW_SECONDS);
  const from = attemptLimiter("address", ATTEMPTS_PER_ADDRESS, WINDOW_SECONDS);
  const counted = await consumeAttempts([[from, address], [account, accountKey]]);
  if (!counted.ok) return counted;
  return { ok: true, succeeded: async () => { await account.delete(accountKey); await from.reward(address); } };
}
