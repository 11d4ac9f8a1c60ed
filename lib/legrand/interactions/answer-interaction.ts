import { epochSeconds } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import { SELECT_ACCOUNT } from "#lib/legrand/authorization-server/interaction-policy.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Interaction, InteractionContext } from "#lib/legrand/interactions/in-interaction.ts";

/** Records the answer, and returns the URL at which the authorization server continues. */
export async function answerInteraction(
  interaction: Interaction,
  result: NonNullable<Interaction["result"]>,
): Promise<string> {
  // Does the same as the library's `interactionResult`. An error discards an earlier sign-in.
  interaction.result = "error" in result ? result : { ...interaction.lastSubmission, ...result };
  await interaction.save(interaction.exp - epochSeconds());
  return interaction.returnTo;
}

/**
 * Records that this account signed in. If another account has a session in the same browser, that session
 * ends, because the library would ask on its own page, which needs JavaScript. The session is created when
 * the authorization server continues, which may be much later. `passwordProof` lets it check that the
 * verified password is still the current one.
 */
export async function answerWithSignIn(
  { interaction, provider, sessionId }: InteractionContext,
  { accountId, passwordProof }: SignedIn,
): Promise<string> {
  // Loads the current session, because a user may have signed in in a second tab since this interaction
  // began.
  const session = sessionId ? await provider.Session.find(sessionId) : undefined;
  if (session?.accountId && session.accountId !== accountId) {
    requestScope().writes.deleted.push(digest(sessionId!));
    delete interaction.session;
  }
  // Removes a consent that another account gave in this request.
  if (interaction.lastSubmission) delete interaction.lastSubmission.consent;
  return answerInteraction(interaction, { login: { accountId, remember: true, passwordProof }, ...CHOSEN });
}

/**
 * Records that the person continues with the signed-in account, after the application asked them to choose
 * one.
 */
export function answerWithSignedIn(interaction: Interaction): Promise<string> {
  return answerInteraction(interaction, CHOSEN);
}

/** Tells the library that the person has chosen an account. A sign-in is also such a choice. */
const CHOSEN = { [SELECT_ACCOUNT]: {} };

/** Records that the person refused, before or after signing in (RFC 6749 §4.1.2.1, `access_denied`). */
export function answerWithDenial(interaction: Interaction): Promise<string> {
  return answerInteraction(interaction, {
    error: "access_denied",
    error_description: "The person did not allow the access",
  });
}
