import { digest } from "#lib/crypto/digest.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { authorizeUrl } from "#lib/legrand/interactions/describe-interaction.ts";
import { inInteraction } from "#lib/legrand/interactions/in-interaction.ts";

/**
 * Handles "Not you?": ends the browser's session with the sandbox and this interaction. Returns the URL that
 * starts the same authorization request again, now with a sign-in, or null if the interaction ended.
 */
export function switchAccount(uid: string, headers: Headers): Promise<string | null> {
  return inInteraction(uid, headers, async ({ interaction, sessionId }) => {
    if (sessionId) requestScope().writes.deleted.push(digest(sessionId));
    await interaction.destroy();
    return authorizeUrl(interaction.params);
  });
}
