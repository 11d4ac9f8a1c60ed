import { isRecord } from "#lib/connect/cloud/is-record.ts";
import { parseRetryAfter } from "#lib/connect/cloud/parse-retry-after.ts";
import type { TokenAnswer } from "#lib/connect/legrand-provider.ts";
import type { RefreshTrouble } from "#lib/db/generated/enums.ts";

/** Why a refresh brought no access token. */
export type RefreshFailure =
  /** The authorization server does not accept the refresh token or Connect itself: a person is needed. */
  | { is: "refused"; reason: "revoked" | "refresh_token_expired" | "client_secret_expired" }
  /** Trying again may help. `waitSeconds`: it said when. */
  | { is: "trouble"; trouble: RefreshTrouble; waitSeconds?: number };

/** An answer of the token endpoint to a refresh. */
export type Answer = TokenAnswer & { retryAfter: string | null };

/** Whatever a server asks for, the person has their homes again after that time. */
const LONGEST_WAIT_SECONDS = 60 * 60;

/**
 * What an answer without tokens means (RFC 6749 §5.2). Only `invalid_grant` ends the grant; an answer that is
 * none of the protocol's never does. `hasEnded`: the refresh token's end, as it was stored, has passed.
 */
export function classifyRefusal(
  { status, retryAfter, body }: Omit<Answer, "contentType">,
  hasEnded: boolean,
  at: Date,
): RefreshFailure {
  const waitSeconds = parseRetryAfter(retryAfter, at);
  const wait = waitSeconds === null ? {} : { waitSeconds: Math.min(waitSeconds, LONGEST_WAIT_SECONDS) };
  if (status === 429) return { is: "trouble", trouble: "rate_limited", ...wait };
  if (status >= 500) return { is: "trouble", trouble: "server_error", ...wait };
  const { error, error_description } = isRecord(body) ? body : {};
  const words = typeof error_description === "string" ? error_description.slice(0, 1000) : "";
  if (error === "invalid_client") return { is: "refused", reason: "client_secret_expired" };
  // Legrand says invalid_grant when it means the client secret (Works with Legrand, Token request, Errors).
  if (error === "invalid_grant" && words.includes("AADB2C90085"))
    return { is: "refused", reason: "client_secret_expired" };
  if (error === "invalid_grant")
    return { is: "refused", reason: hasEnded || saysExpired(words) ? "refresh_token_expired" : "revoked" };
  if (error === "unauthorized_client") return { is: "trouble", trouble: "not_admitted", ...wait };
  return { is: "trouble", trouble: "unusable_answer", ...wait };
}

/** "Expired or revoked" says nothing about which of them. */
const saysExpired = (words: string) => /expired/i.test(words) && !/revoked|invalid/i.test(words);
