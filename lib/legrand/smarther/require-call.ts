import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { digest } from "#lib/crypto/digest.ts";
import { answerRefusal } from "#lib/legrand/smarther/answers.ts";
import { checkCall, type CheckedCall } from "#lib/legrand/smarther/calls.store.ts";
import { requireAccess, type AccessOutcome } from "#lib/legrand/smarther/require-access.ts";
import { judgeKey, type JudgedKey } from "#lib/legrand/subscriptions/judge-key.ts";
import { SUBSCRIPTION_KEY_HEADER } from "#lib/legrand/subscriptions/subscription-constants.ts";

/**
 * Checks what every operation of the API needs: an access token with the scope (`requireAccess`), and a live
 * subscription key with quota left (Legrand, Smarther API). Counts the call. The gateway checks the key before
 * the token. `forbid` is the form in which the API itself refuses (`requireAccess`). Also returns what was
 * checked, for the record of the application's requests.
 */
export async function requireCall(
  request: IncomingRequest,
  scope: string,
  forbid: typeof answerRefusal = answerRefusal,
): Promise<AccessOutcome & { checked: CheckedCall }> {
  const checked = await check(request.headers, scope);
  const key = judgeKey(request.headers, checked);
  const outcome: AccessOutcome = key.ok
    ? requireAccess(request.headers, checked, scope, forbid)
    : { ok: false, response: refuse(key) };
  return { ...outcome, checked };
}

/** Checks `Authorization: Bearer` (RFC 6750 §2.1) and the key. A call that sent neither costs no statement. */
async function check(headers: Headers, scope: string): Promise<CheckedCall> {
  const token = /^bearer +([\w-]{20,200})$/i.exec(headers.get("authorization") ?? "")?.[1];
  const key = headers.get(SUBSCRIPTION_KEY_HEADER);
  if (!token && key === null) return { refusal: "invalid_token", isLiveKey: false, calls: null };
  return checkCall(
    { tokenDigest: token ? digest(token) : null, keyDigest: key === null ? null : digest(key) },
    scope,
  );
}

function refuse({ statusCode, message, retryAfterSeconds }: Exclude<JudgedKey, { ok: true }>): Response {
  return answerRefusal(
    statusCode,
    message,
    retryAfterSeconds ? { "retry-after": String(retryAfterSeconds) } : {},
  );
}
