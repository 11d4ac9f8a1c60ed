import { RateLimiterRes, type RateLimiterPrisma } from "rate-limiter-flexible";

/**
 * Takes a point from each limiter for its key. Stops at the first limiter without points, and refuses with
 * the waiting time in seconds.
 */
export async function consumeAttempts(
  limits: [RateLimiterPrisma, string][],
): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }> {
  try {
    for (const [limiter, key] of limits) await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { ok: false, retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1000) };
  }
  return { ok: true };
}
