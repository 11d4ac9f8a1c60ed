import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { describeAuthorization } from "#lib/legrand/request-log/describe-authorization.ts";
import { recordRequestAttempt } from "#lib/legrand/request-log/record-request-attempt.ts";
import type { Reason } from "#lib/legrand/request-log/reason-constants.ts";
import { redactParameters, type RecordedParameter } from "#lib/legrand/request-log/redact-parameters.ts";
import type { CheckedCall } from "#lib/legrand/smarther/calls.store.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** A call of an API: its request, the dynamic segments of its address, and when it began. */
export type AnsweredCall = {
  request: IncomingRequest;
  parameters: Record<string, string>;
  begunAt: number;
};

/**
 * Records a call of an API for the developer of the application. `checked` is what the database knows about the
 * token and the key, or null if it was not asked. The bodies of request and answer are not read: they have
 * values of devices and names of homes. Never throws.
 */
export function noteCall(call: AnsweredCall, checked: CheckedCall | null, { status }: Response): void {
  try {
    const reason = findCallReason(call.request.headers, checked, status);
    recordRequestAttempt({
      step: "api",
      outcome: status >= 500 ? "failed" : reason ? "refused" : "succeeded",
      reason,
      status,
      begunAt: call.begunAt,
      operation: describeOperation(call),
      parameters: describeHeaders(call.request.headers),
      ...(checked?.clientId
        ? {
            clientId: checked.clientId,
            accountId: checked.accountId ?? null,
            journey: checked.journey ?? null,
          }
        : {}),
    });
  } catch (error) {
    logError(currentRequestId(), "request log", error);
  }
}

function findCallReason(headers: Headers, checked: CheckedCall | null, status: number): Reason | null {
  if (status < 400) return null;
  if (status >= 500) return "server_error";
  if (!headers.has(SUBSCRIPTION_KEY_HEADER)) return "key_missing";
  if (checked && !checked.isLiveKey) return "key_unknown";
  // The database knows whose an expired token was.
  if (checked?.refusal === "invalid_token") return checked.clientId ? "token_expired" : "invalid_token";
  if (checked?.refusal) return checked.refusal;
  return BY_STATUS[status] ?? "bad_call";
}

const BY_STATUS: Readonly<Record<number, Reason>> = {
  403: "out_of_quota",
  404: "not_found",
  409: "conflict",
  430: "bad_call",
};

/** Returns method and path with the names of the dynamic segments, because their values are ids of homes. */
function describeOperation({ request: { method, url }, parameters }: AnsweredCall): string {
  const names = new Map(Object.entries(parameters).map(([name, value]) => [value, `{${name}}`]));
  const path = new URL(url).pathname
    .split("/")
    .map((segment) => names.get(segment) ?? names.get(decodeURIComponent(segment)) ?? segment)
    .join("/");
  return `${method} ${path.replace("/legrand/api", "")}`;
}

/** Returns the headers that an API reads, each with the length of its value. */
function describeHeaders(headers: Headers): RecordedParameter[] {
  const [authorization, key] = [headers.get("authorization"), headers.get(SUBSCRIPTION_KEY_HEADER)];
  const length = headers.get("content-length");
  return [
    ...redactParameters([
      ...(authorization === null ? [] : [describeAuthorization(authorization)]),
      ...(key === null ? [] : [["Ocp-Apim-Subscription-Key", key] as [string, string]]),
    ]),
    ...(length && /^\d{1,9}$/.test(length) && length !== "0"
      ? [{ name: "Body", length: Number(length) }]
      : []),
  ];
}
