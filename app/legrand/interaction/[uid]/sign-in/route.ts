import { seeOther } from "#lib/http/form-post.ts";
import { describeSignInRefusal } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import { rememberDevice } from "#lib/legrand/accounts/device-cookie.ts";
import { interactionPath, interactionPost } from "#lib/legrand/interactions/interaction-post.ts";
import { signInToInteraction } from "#lib/legrand/interactions/sign-in-to-interaction.ts";
import { toSignIn } from "#lib/legrand/portal/to-sign-in.ts";

export const POST = interactionPost(async ({ uid, form, headers }) => {
  const outcome = await signInToInteraction(uid, headers, Object.fromEntries(form));
  if (outcome.ok) return seeOther(outcome.location, rememberDevice(headers, outcome));
  return "email" in outcome
    ? toSignIn(interactionPath(uid), describeSignInRefusal(outcome))
    : interactionPath(uid);
});
