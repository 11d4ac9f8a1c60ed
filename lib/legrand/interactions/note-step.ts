import { journeyOf } from "#lib/legrand/authorization-server/journey.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import type { Interaction } from "#lib/legrand/interactions/in-interaction.ts";
import { recordRequestAttempt } from "#lib/legrand/request-log/record-request-attempt.ts";
import type { Reason } from "#lib/legrand/request-log/reason-constants.ts";
import type { RecordedParameter } from "#lib/legrand/request-log/redact-parameters.ts";

/** How a step of a person ended: why it was refused, if it was, and the account, if it is known. */
type Ended = { reason: Reason | null; accountId: string | null; parameters?: RecordedParameter[] };

/**
 * Records a sign-in or a consent within an interaction, for the developer of the application that began it.
 * Called within `inInteraction`. What the person typed is not recorded.
 */
export function noteStep(step: "sign_in" | "consent", { params }: Interaction, ended: Ended): void {
  const clientId = params.client_id;
  if (!isClientId(clientId)) return;
  recordRequestAttempt({
    step,
    outcome: ended.reason ? "refused" : "succeeded",
    status: 303,
    clientId,
    journey: journeyOf(clientId),
    begunAt: requestScope().begunAt,
    ...ended,
  });
}
