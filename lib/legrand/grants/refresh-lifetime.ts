import { epochSeconds } from "#lib/clock.ts";
import { env } from "#lib/env.ts";

const DAY_SECONDS = 24 * 60 * 60;

/**
 * A refresh token ends after so many days without use; every refresh brings a new one (Works with Legrand,
 * Token request, Lifetimes).
 */
export const UNUSED_DAYS = 90;

/**
 * When the refresh tokens began, of which this one is the latest (`iiat`, which rotation hands on), and when
 * this one was made. Epoch seconds.
 */
type Beginning = { iiat?: unknown; iat?: unknown };

/**
 * The absolute end of a refresh token and of all that follow it, in epoch seconds: a year after the first one
 * was issued, or what
 * `SANDBOX_REFRESH_MAX_DAYS` says (OWASP ASVS 5.0, 10.4.8). A token that says nothing of its beginning begins now.
 */
export function absoluteEndOf({ iiat, iat }: Beginning): number {
  const begin = [iiat, iat].find((moment): moment is number => typeof moment === "number") ?? epochSeconds();
  return begin + env().sandbox!.refreshMaxDays * DAY_SECONDS;
}

/**
 * How long a new refresh token lives, in seconds: 90 days, but not beyond its absolute end. Zero or less: it
 * can no longer be issued.
 */
export function refreshLifetime(token: Beginning): number {
  return Math.min(UNUSED_DAYS * DAY_SECONDS, absoluteEndOf(token) - epochSeconds());
}
