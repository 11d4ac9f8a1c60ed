import { RateLimiterRes, type RateLimiterPrisma } from "rate-limiter-flexible";

/**
 * Takes a point from each limiter for its key. Stops at the first limiter without points, returns the points
 * that it took from the limiters before, and refuses with the waiting time in seconds. So refused attempts at
 * one account do not use up the attempts of a network that other people share.
 */
export async function consumeAttempts(
  limits: [RateLimiterPrisma, string][],
): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }> {
  const taken: typeof limits = [];
  try {
    for (const limit of limits) {
      const [limiter, key] = limit;
      await limiter.consume(key);
      taken.push(limit);
    }
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    await Promise.all(taken.map(([limiter, key]) => limiter.reward(key)));
    return { ok: false, retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1000) };
  }
  return { ok: true };
}
