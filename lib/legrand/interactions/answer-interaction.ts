import { epochSeconds } from "#lib/clock.ts";
import { digest } from "#lib/crypto/digest.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import { SELECT_ACCOUNT } from "#lib/legrand/authorization-server/prompts.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Interaction, InteractionContext } from "#lib/legrand/interactions/in-interaction.ts";

/** Records the answer, and returns the address at which the authorization server goes on. */
export async function answerInteraction(
  interaction: Interaction,
  result: NonNullable<Interaction["result"]>,
): Promise<string> {
  // As the library's `interactionResult` does; an error does not carry an earlier sign-in along.
  interaction.result = "error" in result ? result : { ...interaction.lastSubmission, ...result };
  await interaction.save(interaction.exp - epochSeconds());
  return interaction.returnTo;
}

/**
 * Records that this account signed in. Another account's session in the same browser ends with it; the
 * library would ask in a page of its own that needs JavaScript. The session is made when the authorization
 * server goes on, which may be much later:
 * `passwordProof` lets it look whether the password is still the one that was right.
 */
export async function answerWithSignIn(
  { interaction, provider, sessionId }: InteractionContext,
  { accountId, passwordProof }: SignedIn,
): Promise<string> {
  // The session as it is now: somebody may have signed in in a second tab since this interaction began.
  const session = sessionId ? await provider.Session.find(sessionId) : undefined;
  if (session?.accountId && session.accountId !== accountId) {
    requestScope().writes.deleted.push(digest(sessionId!));
    delete interaction.session;
  }
  // A consent that another account gave in this request is not theirs.
  if (interaction.lastSubmission) delete interaction.lastSubmission.consent;
  return answerInteraction(interaction, { login: { accountId, remember: true, passwordProof }, ...CHOSEN });
}

/**
 * Records that the person goes on with the account that is signed in, where the application asked them to
 * choose one.
 */
export function answerWithSignedIn(interaction: Interaction): Promise<string> {
  return answerInteraction(interaction, CHOSEN);
}

/** Tells the library that the person has chosen an account: a sign-in is such a choice too. */
const CHOSEN = { [SELECT_ACCOUNT]: {} };

/** Records that the person refused, before or after signing in (RFC 6749 §4.1.2.1, `access_denied`). */
export function answerWithDenial(interaction: Interaction): Promise<string> {
  return answerInteraction(interaction, {
    error: "access_denied",
    error_description: "The person did not allow the access",
  });
}
