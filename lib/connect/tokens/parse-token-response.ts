import { isRecord } from "#lib/connect/cloud/read-cloud-json.ts";
import {
  ASSUMED_ACCESS_TOKEN_LIFETIME_SECONDS,
  LONGEST_ACCESS_TOKEN_LIFETIME_SECONDS,
  LONGEST_REFRESH_TOKEN_LIFETIME_SECONDS,
} from "#lib/connect/sealed-tokens/token-lifetimes.ts";

/** The usable parts of a token response; null for those that are missing. */
export type TokenResponse = {
  accessToken: string | null;
  /** Null if the refresh token that was sent stays valid (RFC 6749 §6). */
  refreshToken: string | null;
  tokenType: string | null;
  /** Between one second and one day. */
  lifetimeSeconds: number;
  /**
   * Lifetime of the refresh token, between one second and ten years. Null if the answer does not contain it,
   * or contains an impossible value.
   */
  refreshLifetimeSeconds: number | null;
  /** Null if the scopes are those that were granted before (RFC 6749 §5.1). */
  scopes: string[] | null;
};

// RFC 6749, appendix A.12: visible characters. An Authorization header allows nothing else either.
const TOKEN = /^[\x21-\x7e]{1,16384}$/;
// RFC 6749 §3.3, scope-token.
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;
const MOST_SCOPES = 100;

/**
 * Parses a token response of the real cloud, of the sandbox or of anything in between. Accepts `expires_in`
 * as a number or as digits in a string, `expires_on` only, or neither. Accepts `scope` as a string or a list.
 * Returns null if the response contains neither token.
 */
export function parseTokenResponse(body: unknown, epochSeconds: number): TokenResponse | null {
  const { access_token, refresh_token, token_type, expires_in, expires_on, refresh_token_expires_in, scope } =
    isRecord(body) ? body : {};
  const [tokenType, refreshToken] = [readToken(token_type), readToken(refresh_token)];
  // RFC 6749 §7.1: a token of an unknown type must not be used.
  const accessToken = /^bearer$/i.test(tokenType ?? "") ? readToken(access_token) : null;
  if (!accessToken && !refreshToken) return null;
  return {
    accessToken,
    refreshToken,
    tokenType,
    lifetimeSeconds:
      readLifetime(expires_in) ??
      readLifetime(secondsUntil(expires_on, epochSeconds)) ??
      ASSUMED_ACCESS_TOKEN_LIFETIME_SECONDS,
    refreshLifetimeSeconds: readRefreshLifetime(refresh_token_expires_in),
    scopes: readScopes(scope),
  };
}

function readToken(value: unknown): string | null {
  return typeof value === "string" && TOKEN.test(value) ? value : null;
}

function readNumber(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/**
 * Ignores a lifetime that is already over: the clock or the server is wrong. The API refuses the token once
 * it really has expired.
 */
function readLifetime(value: unknown, longest = LONGEST_ACCESS_TOKEN_LIFETIME_SECONDS): number | null {
  const seconds = Math.floor(readNumber(value) ?? 0);
  return seconds > 0 ? Math.min(seconds, longest) : null;
}

/**
 * Reads the member `refresh_token_expires_in` of a token response: seconds, as a number or as digits. Returns
 * null if it is not usable. No RFC defines it, and some clouds send 0 for "never".
 */
export function readRefreshLifetime(value: unknown): number | null {
  return readLifetime(value, LONGEST_REFRESH_TOKEN_LIFETIME_SECONDS);
}

function secondsUntil(value: unknown, epochSeconds: number): number | null {
  const moment = readNumber(value);
  return moment === null ? null : moment - epochSeconds;
}

/**
 * Reads the names in the member `scope` of a token response, or returns null if it is not usable. An empty
 * list is not usable, because at least one scope is always granted.
 */
export function readScopes(value: unknown): string[] | null {
  const names = typeof value === "string" ? value.split(" ").filter(Boolean) : value;
  if (!Array.isArray(names) || names.length === 0 || names.length > MOST_SCOPES) return null;
  // Also accepts a list whose strings are lists themselves: ["comfort.read comfort.write"].
  const scopes = names.flatMap((name: unknown) =>
    typeof name === "string" ? name.split(" ").filter(Boolean) : [null],
  );
  return scopes.every((scope): scope is string => scope !== null && SCOPE.test(scope))
    ? [...new Set(scopes)]
    : null;
}
