import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import type { UnreadableRequestError } from "#lib/http/read-body.ts";
import type { Outcome, AttemptStep } from "#lib/legrand/request-log/attempt.ts";
import { presentedClientId } from "#lib/legrand/authorization-server/judge-client.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import type { ReadRequest } from "#lib/legrand/authorization-server/read-request.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { accountOf, clientOfToken, journeyOf } from "#lib/legrand/authorization-server/journey.ts";
import { describeAuthorization } from "#lib/legrand/request-log/describe-authorization.ts";
import { findReason } from "#lib/legrand/request-log/find-reason.ts";
import { recordRequestAttempt } from "#lib/legrand/request-log/record-request-attempt.ts";
import { redactParameters, type RecordedParameter } from "#lib/legrand/request-log/redact-parameters.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** A request as it is recorded: its step, the client that it names, and its redacted parameters. */
export type SentRequest = { step: AttemptStep; clientId: string | null; parameters: RecordedParameter[] };

const STEP_OF: Readonly<Record<string, AttemptStep>> = {
  [ENDPOINTS.authorize]: "authorize",
  [ENDPOINTS.token]: "token",
  [ENDPOINTS.userinfo]: "userinfo",
  [ENDPOINTS.revoke]: "revoke",
  [ENDPOINTS.introspect]: "introspect",
};

/**
 * Redacts a request for the record, before the steps of the server change it. Returns null for a request that
 * belongs to no application, such as metadata, and for a form post that is only redirected.
 */
export function describeSent({ path, method, query, body, headers }: ReadRequest): SentRequest | null {
  const step = path.startsWith(`${ENDPOINTS.authorize}/`) ? "authorize" : STEP_OF[path];
  if (!step || (step === "authorize" && method === "POST")) return null;
  const clientId = body ? presentedClientId({ body, headers }) : query.get("client_id");
  const authorization = headers.get("authorization");
  return {
    step,
    clientId,
    parameters: redactParameters([
      ...(authorization ? [describeAuthorization(authorization)] : []),
      ...(body ?? query),
    ]),
  };
}

/** Returns what is known of a request before it is read: its step. */
export function describeUnread({ url }: Pick<IncomingRequest, "url">): SentRequest | null {
  const step = STEP_OF[new URL(url).pathname];
  return step ? { step, clientId: null, parameters: [] } : null;
}

/**
 * Notes that the request cannot be read or is too long. Looks up the application that it names, if it was read
 * so far, because such a request is refused before any look-up.
 */
export async function noteUnreadable(
  sent: SentRequest | null,
  { message }: UnreadableRequestError,
): Promise<void> {
  requestScope().refusal = { error: "invalid_request", detail: message };
  if (isClientId(sent?.clientId)) await loadApplication(sent.clientId).catch(() => null);
}

/** Records how the request was answered. Never throws, because the answer is already decided. */
export function noteAttempt(sent: SentRequest | null, answer: Response): void {
  if (!sent) return;
  const { step, clientId, parameters } = sent;
  try {
    const { begunAt, loaded, secretEnding } = requestScope();
    const named = clientId ?? clientOfToken();
    const known = named && loaded.applications.get(named) ? named : null;
    const result = judge(step, answer);
    if (result)
      recordRequestAttempt({
        step,
        ...result,
        status: answer.status,
        begunAt,
        parameters,
        ...(known
          ? { clientId: known, journey: journeyOf(known), accountId: accountOf(known), secretEnding }
          : {}),
      });
  } catch (error) {
    logError(currentRequestId(), "request log", error);
  }
}

/** Returns how the request ended, or null if the browser only sends it again. */
function judge(
  step: AttemptStep,
  { status, headers }: Response,
): { outcome: Outcome; reason: string | null } | null {
  const { refusal, shownError, failure } = requestScope();
  if (failure || status >= 500) return { outcome: "failed", reason: "server_error" };
  if (status === 429) return { outcome: "refused", reason: "too_many_failures" };
  const refused = refusal ?? (shownError && { error: shownError.error, detail: shownError.description });
  if (refused) return { outcome: "refused", reason: findReason(refused) };
  if (status >= 400) return { outcome: "refused", reason: step === "token" ? "code_reused" : "other" };
  if (step !== "authorize") return { outcome: "succeeded", reason: null };
  return judgeRedirect(headers.get("location") ?? "");
}

function judgeRedirect(location: string): { outcome: Outcome; reason: null } | null {
  const path = URL.parse(location, "http://sandbox.invalid")?.pathname ?? "";
  if (requestScope().redirectUri !== null) return { outcome: "succeeded", reason: null };
  if (path.startsWith("/legrand/interaction/")) return { outcome: "waiting", reason: null };
  return null;
}
