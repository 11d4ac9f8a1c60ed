import { signIn, type SignedIn, type SignInRefusal } from "#lib/legrand/accounts/sign-in.ts";
import { answerWithSignIn } from "#lib/legrand/interactions/answer-interaction.ts";
import { noteStep } from "#lib/legrand/interactions/note-step.ts";
import { inInteraction } from "#lib/legrand/interactions/in-interaction.ts";

/** The result of a sign-in within an interaction. `location` is where the browser goes next. */
export type SignInOutcome =
  ({ ok: true; location: string } & SignedIn) | { ok: false; reason: "ended" } | SignInRefusal;

/** Signs in within an interaction. If the interaction has ended, no attempt is counted. */
export async function signInToInteraction(
  uid: string,
  headers: Headers,
  typed: unknown,
): Promise<SignInOutcome> {
  const outcome = await inInteraction(uid, headers, async (context): Promise<SignInOutcome> => {
    const signedIn = await signIn(typed, headers);
    noteStep("sign_in", context.interaction, {
      accountId: signedIn.ok ? signedIn.accountId : null,
      reason: signedIn.ok ? null : signedIn.reason === "invalid" ? "invalid_request" : signedIn.reason,
    });
    return signedIn.ok ? { ...signedIn, location: await answerWithSignIn(context, signedIn) } : signedIn;
  });
  return outcome ?? { ok: false, reason: "ended" };
}
