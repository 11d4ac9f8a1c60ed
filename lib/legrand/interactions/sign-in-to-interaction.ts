import { signIn, type SignedIn, type SignInRefusal } from "#lib/legrand/accounts/sign-in.ts";
import { answerWithSignIn } from "#lib/legrand/interactions/answer-interaction.ts";
import { inInteraction } from "#lib/legrand/interactions/in-interaction.ts";

/** What came of a sign-in within an interaction; `location` is where the browser goes next. */
export type SignInOutcome =
  ({ ok: true; location: string } & SignedIn) | { ok: false; reason: "ended" } | SignInRefusal;

/** Signs in within an interaction; one that ended is not worth an attempt. */
export async function signInToInteraction(
  uid: string,
  headers: Headers,
  typed: unknown,
): Promise<SignInOutcome> {
  const outcome = await inInteraction(uid, headers, async (context): Promise<SignInOutcome> => {
    const signedIn = await signIn(typed, headers);
    return signedIn.ok ? { ...signedIn, location: await answerWithSignIn(context, signedIn) } : signedIn;
  });
  return outcome ?? { ok: false, reason: "ended" };
}
