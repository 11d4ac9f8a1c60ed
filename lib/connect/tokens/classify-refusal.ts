import { isRecord } from "#lib/connect/cloud/read-cloud-json.ts";
import { parseRetryAfter } from "#lib/connect/cloud/back-off.ts";
import type { TokenAnswer } from "#lib/connect/legrand-provider.ts";
import type { RefreshTrouble } from "#lib/db/generated/enums.ts";

/** Why a refresh returned no access token. */
export type RefreshFailure =
  /** The authorization server rejects the refresh token or Connect's own credentials. A person has to act. */
  | { is: "refused"; reason: "revoked" | "refresh_token_expired" | "client_secret_expired" }
  /** A retry may help. `waitSeconds` is the wait that the server asked for. */
  | { is: "trouble"; trouble: RefreshTrouble; waitSeconds?: number };

/** The token endpoint's answer to a refresh. */
export type RefreshAnswer = TokenAnswer & { retryAfter: string | null };

/** Longest wait that a server can impose. After this time the user can use their homes again. */
const LONGEST_WAIT_SECONDS = 60 * 60;

/**
 * Classifies an answer without tokens (RFC 6749 §5.2). Only `invalid_grant` ends the grant; an answer that
 * does not follow the protocol never does. `hasEnded` is true if the stored expiry time of the refresh token
 * has passed.
 */
export function classifyRefusal(
  { status, retryAfter, body }: Omit<RefreshAnswer, "contentType">,
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
  // Legrand also sends invalid_grant for a bad client secret (Works with Legrand, Token request, Errors).
  if (error === "invalid_grant" && words.includes("AADB2C90085"))
    return { is: "refused", reason: "client_secret_expired" };
  if (error === "invalid_grant")
    return { is: "refused", reason: hasEnded || saysExpired(words) ? "refresh_token_expired" : "revoked" };
  if (error === "unauthorized_client") return { is: "trouble", trouble: "not_admitted", ...wait };
  return { is: "trouble", trouble: "unusable_answer", ...wait };
}

/** True if the text says "expired" only. "Expired or revoked" does not say which of the two it was. */
const saysExpired = (words: string) => /expired/i.test(words) && !/revoked|invalid/i.test(words);
