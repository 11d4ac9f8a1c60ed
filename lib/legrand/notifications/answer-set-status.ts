import { afterAnswer } from "#lib/legrand/after-answer.ts";
import { notifySubscribers } from "#lib/legrand/notifications/notify-subscribers.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import { setStatus } from "#lib/legrand/smarther/set-status.ts";

/** Sets a thermostat and answers 200 without a body; who subscribed to its home is told when the answer is on its way. */
export async function answerSetStatus(access: Access, parameters: Record<string, string>, request: Request): Promise<Response> {
  const outcome = await setStatus(access, parameters, request);
  if (!outcome.ok) return outcome.response;
  afterAnswer("notifications", () => notifySubscribers(outcome.address, outcome.thermostat));
  return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
}
