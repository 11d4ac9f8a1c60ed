import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { afterAnswer } from "#lib/http/after-answer.ts";
import { notifySubscribers } from "#lib/legrand/webhooks/notify-subscribers.ts";
import { answerDone } from "#lib/legrand/smarther/answers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { setStatus } from "#lib/legrand/smarther/set-status.ts";

/**
 * Sets a thermostat and answers 200 without a body. The subscribers to its home are notified after the
 * response is sent.
 */
export async function answerSetStatus(
  access: Access,
  parameters: Record<string, string>,
  request: IncomingRequest,
): Promise<Response> {
  const outcome = await setStatus(access, parameters, request);
  if (!outcome.ok) return outcome.response;
  afterAnswer("notifications", () => notifySubscribers(outcome.address, outcome.thermostat));
  return answerDone();
}
