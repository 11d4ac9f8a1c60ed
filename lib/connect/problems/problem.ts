import { AsyncLocalStorage } from "node:async_hooks";

import type { IssuedTokens } from "#lib/connect/tokens/discard-unstored.ts";
import { LegrandIdentityError } from "#lib/connect/legrand-provider.ts";
import { isDatabaseFailure } from "#lib/http/is-database-failure.ts";
import { logError } from "#lib/log.ts";
import { countConnection } from "#lib/metrics.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** What went wrong while connecting, as far as the user can act on it. */
export type ConnectionProblem =
  | "denied"
  | "refused_by_legrand"
  | "not_admitted"
  | "stale"
  | "wrong_issuer"
  | "id_token"
  | "not_recognised"
  | "no_home"
  | "linked_to_other_user"
  | "code"
  | "unusable_answer"
  | "unreachable"
  | "failed"
  | "interrupted";

/** Problems that are logged for the operator of this application. */
const OURS: ReadonlySet<ConnectionProblem> = new Set([
  "failed",
  "unreachable",
  "unusable_answer",
  "refused_by_legrand",
  "not_admitted",
]);

type Seen = {
  problem: ConnectionProblem | null;
  oauthError: string | null;
  databaseFailure: Error | null;
  issued: IssuedTokens | null;
};

// Shared by the whole process, because next-auth's configuration and its callers may come from different
// bundles.
const storage = oncePerProcess("connection-problems", () => new AsyncLocalStorage<Seen>());

/**
 * Runs a request of next-auth and returns its problem, or null; next-auth itself only says "Configuration".
 * `oauthError` is the `error` parameter of the authorization response, which next-auth leaves out of the
 * error that it throws. `issued` contains tokens that were received in spite of a problem. Rethrows a
 * database failure, because next-auth would continue as if the user were not signed in.
 */
export async function noticingProblems<T>(
  oauthError: string | null,
  work: () => Promise<T>,
): Promise<{ result: T; problem: ConnectionProblem | null; issued: IssuedTokens | null }> {
  const seen: Seen = { problem: null, oauthError, databaseFailure: null, issued: null };
  const result = await storage.run(seen, work);
  if (seen.databaseFailure) throw seen.databaseFailure;
  return { result, problem: seen.problem, issued: seen.problem && seen.issued };
}

/** Notes the tokens that the current next-auth request received. */
export function noticeTokens(issued: IssuedTokens): void {
  const seen = storage.getStore();
  if (seen) seen.issued = issued;
}

/**
 * Handles next-auth's errors, as its logger. Turns user actions and bad answers into a problem, and logs only
 * what the operator needs to see.
 */
export function noticeProblem(error: Error): void {
  const seen = storage.getStore();
  const cause = causeOf(error);
  if (seen && isDatabaseFailure(cause)) {
    seen.databaseFailure = cause;
    return;
  }
  const problem = classify(error, seen?.oauthError ?? null);
  countConnection(problem);
  if (seen) seen.problem = problem;
  if (OURS.has(problem)) logError(currentRequestId(), "connect", cause);
}

function classify(error: Error, oauthError: string | null): ConnectionProblem {
  const cause = causeOf(error);
  const types = [typeOf(error), typeOf(cause)];
  // Thrown only after `state` and `iss` were checked, so the parameter does come from the authorization
  // server (RFC 6749 §4.1.2.1).
  if (types.includes("OAuthCallbackError")) return ofOAuthError(oauthError);
  if (types.includes("OAuthAccountNotLinked")) return "linked_to_other_user";
  if (types.includes("InvalidCheck")) return "stale";
  if (cause instanceof LegrandIdentityError) return ofIdentity(cause);
  return ofMessage(cause);
}

// Class names do not survive a production build, but next-auth's `type` and oauth4webapi's `error` do.
const typeOf = (error: Error) => (error as { type?: string }).type;

const ofIdentity = ({ reason }: LegrandIdentityError): ConnectionProblem =>
  (
    ({
      token_answer: "unusable_answer",
      unavailable: "unreachable",
      no_id_token: "not_recognised",
      id_token_refused: "id_token",
      no_plants: "no_home",
      plants_refused: "unreachable",
      plants_unusable: "unusable_answer",
    }) as const
  )[reason];

/** Classifies the authorization server's error code, from either endpoint (RFC 6749 §4.1.2.1, §5.2). */
function ofOAuthError(oauthError: string | null): ConnectionProblem {
  if (oauthError === "access_denied") return "denied";
  return oauthError === "unauthorized_client" ? "not_admitted" : "refused_by_legrand";
}

// oauth4webapi uses one class for everything that it refuses. Its messages contain stable terms of the
// specifications.
function ofMessage(cause: Error): ConnectionProblem {
  const { message } = cause;
  const oauthError = (cause as { error?: unknown }).error;
  if (oauthError === "invalid_grant") return "code";
  if (typeof oauthError === "string") return ofOAuthError(oauthError);
  if (/"iss"|issuer/i.test(message) && /response parameter/i.test(message)) return "wrong_issuer";
  if (/"state"/.test(message)) return "stale";
  if (/id_token|ID Token|nonce|JWT|"aud"|"exp"|"iat"/i.test(message)) return "id_token";
  // Messages about a server's answer, as opposed to the response that came through the browser.
  if (/"response"|token_type|no authorization code/.test(message)) return "unusable_answer";
  if (/fetch failed|ECONNREFUSED|timed? ?out|aborted/i.test(message)) return "unreachable";
  return "failed";
}

/** Unwraps the original error, which next-auth puts into `error.cause.err`. */
function causeOf(error: Error): Error {
  const inner = (error.cause as { err?: unknown } | undefined)?.err;
  return inner instanceof Error ? inner : error;
}
