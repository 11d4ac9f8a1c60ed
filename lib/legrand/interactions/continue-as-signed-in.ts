import { answerWithSignedIn } from "#lib/legrand/interactions/answer-interaction.ts";
import { canContinueAsSignedIn } from "#lib/legrand/interactions/can-continue-as-signed-in.ts";
import { inInteraction } from "#lib/legrand/interactions/in-interaction.ts";

/**
 * Handles "Continue as …": continues with the signed-in account. Returns where the browser goes next, or null
 * if the interaction ended or asked for something else.
 */
export function continueAsSignedIn(uid: string, headers: Headers): Promise<string | null> {
  return inInteraction(uid, headers, async ({ interaction }) =>
    canContinueAsSignedIn(interaction) ? answerWithSignedIn(interaction) : null,
  );
}
