import { isRecord } from "#lib/connect/cloud/is-record.ts";
import {
  ACCESS_TOKEN_LIFETIME_SECONDS,
  LONGEST_ACCESS_TOKEN_LIFETIME_SECONDS,
  LONGEST_REFRESH_TOKEN_LIFETIME_SECONDS,
} from "#lib/connect/tokens/token-lifetimes.ts";

/** What a token response says, as far as it can be used; null where it says nothing. */
export type TokenResponse = {
  accessToken: string | null;
  /** Null: the one that was sent stays (RFC 6749 §6). */
  refreshToken: string | null;
  tokenType: string | null;
  /** Between a second and a day. */
  lifetimeSeconds: number;
  /**
   * Of the refresh token, between a second and ten years; null where the answer does not say it, or says what
   * cannot be.
   */
  refreshLifetimeSeconds: number | null;
  /** Null: those that were granted before (RFC 6749 §5.1). */
  scopes: string[] | null;
};

// RFC 6749, appendix A.12: visible characters; also, nothing else may stand in an Authorization header.
const TOKEN = /^[\x21-\x7e]{1,16384}$/;
// RFC 6749 §3.3, scope-token.
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;
const MOST_SCOPES = 100;

/**
 * Reads a token response of the real cloud, of the sandbox and of what lies between: `expires_in` as a number
 * or in words of digits, `expires_on` only, neither; `scope` as a string or a list. Returns null when neither
 * token is in it.
 */
export function parseTokenResponse(body: unknown, epochSeconds: number): TokenResponse | null {
  const { access_token, refresh_token, token_type, expires_in, expires_on, refresh_token_expires_in, scope } =
    isRecord(body) ? body : {};
  const [tokenType, refreshToken] = [readToken(token_type), readToken(refresh_token)];
  // RFC 6749 §7.1: a token of a type that we do not know is not used.
  const accessToken = /^bearer$/i.test(tokenType ?? "") ? readToken(access_token) : null;
  if (!accessToken && !refreshToken) return null;
  return {
    accessToken,
    refreshToken,
    tokenType,
    lifetimeSeconds:
      readLifetime(expires_in) ??
      readLifetime(secondsUntil(expires_on, epochSeconds)) ??
      ACCESS_TOKEN_LIFETIME_SECONDS,
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
 * What is over before it came says nothing: a clock is wrong, or the server. The API refuses the token when
 * it is over indeed.
 */
function readLifetime(value: unknown, longest = LONGEST_ACCESS_TOKEN_LIFETIME_SECONDS): number | null {
  const seconds = Math.floor(readNumber(value) ?? 0);
  return seconds > 0 ? Math.min(seconds, longest) : null;
}

/**
 * The member `refresh_token_expires_in` of a token response, a number or digits, in seconds; null where it
 * says nothing usable. No RFC has it: some clouds send 0 for "never".
 */
export function readRefreshLifetime(value: unknown): number | null {
  return readLifetime(value, LONGEST_REFRESH_TOKEN_LIFETIME_SECONDS);
}

function secondsUntil(value: unknown, epochSeconds: number): number | null {
  const moment = readNumber(value);
  return moment === null ? null : moment - epochSeconds;
}

/**
 * The names in the member `scope` of a token response, or null where it says nothing usable. An empty list is
 * no list: at least one scope is always granted.
 */
export function readScopes(value: unknown): string[] | null {
  const names = typeof value === "string" ? value.split(" ").filter(Boolean) : value;
  if (!Array.isArray(names) || names.length === 0 || names.length > MOST_SCOPES) return null;
  // A list of strings that are lists themselves is seen too: ["comfort.read comfort.write"].
  const scopes = names.flatMap((name: unknown) =>
    typeof name === "string" ? name.split(" ").filter(Boolean) : [null],
  );
  return scopes.every((scope): scope is string => scope !== null && SCOPE.test(scope))
    ? [...new Set(scopes)]
    : null;
}
