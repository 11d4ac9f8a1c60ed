import { epochSeconds } from "#lib/clock.ts";
import { env } from "#lib/env.ts";

const DAY_SECONDS = 24 * 60 * 60;

/**
 * A refresh token ends after this many days without use; every refresh issues a new one (Works with Legrand,
 * Token request, Lifetimes).
 */
export const UNUSED_DAYS = 90;

/**
 * When the chain of refresh tokens began (`iiat`, which rotation passes on), and when this token was issued
 * (`iat`), in epoch seconds.
 */
type Beginning = { iiat?: unknown; iat?: unknown };

/**
 * Returns the absolute end of a refresh token and of all its successors, in epoch seconds. It is a year after
 * the first one was issued, or what `SANDBOX_REFRESH_MAX_DAYS` says (OWASP ASVS 5.0, 10.4.8). If a token has
 * no issue time, it counts as issued now.
 */
export function absoluteEndOf({ iiat, iat }: Beginning): number {
  const begin = [iiat, iat].find((moment): moment is number => typeof moment === "number") ?? epochSeconds();
  return begin + env().sandbox!.refreshMaxDays * DAY_SECONDS;
}

/**
 * Returns the lifetime of a new refresh token in seconds: 90 days, but not beyond its absolute end. If it is
 * zero or less, the token can no longer be issued.
 */
export function refreshLifetime(token: Beginning): number {
  return Math.min(UNUSED_DAYS * DAY_SECONDS, absoluteEndOf(token) - epochSeconds());
}
