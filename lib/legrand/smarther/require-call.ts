import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { answerRefusal } from "#lib/legrand/smarther/answers.ts";
import { requireAccess, type AccessOutcome } from "#lib/legrand/smarther/require-access.ts";
import { checkKey, spendCall, type SpentCall } from "#lib/legrand/subscriptions/spend-call.ts";

/**
 * Checks what every operation of the API needs: an access token with the scope (`requireAccess`), and a live
 * subscription key with quota left (Legrand, Smarther API). Then counts the call. The gateway checks the key
 * before the token. `forbid` is the form in which the API itself refuses (`requireAccess`).
 */
export async function requireCall(
  request: IncomingRequest,
  scope: string,
  forbid: typeof answerRefusal = answerRefusal,
): Promise<AccessOutcome> {
  const outcome = await requireAccess(request, scope, forbid);
  const spent = outcome.ok
    ? await spendCall(request.headers, outcome.access.accountId)
    : await checkKey(request.headers);
  return spent.ok ? outcome : { ok: false, response: refuse(spent) };
}

function refuse({ statusCode, message, retryAfterSeconds }: Exclude<SpentCall, { ok: true }>): Response {
  return answerRefusal(
    statusCode,
    message,
    retryAfterSeconds ? { "retry-after": String(retryAfterSeconds) } : {},
  );
}
