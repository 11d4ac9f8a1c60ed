import { clientNetwork } from "#lib/http/client-address.ts";
import { seeOther } from "#lib/http/form-post.ts";
import { interactionPath, interactionPost } from "#lib/legrand/interactions/interaction-post.ts";
import { sealSignInNotice } from "#lib/legrand/interactions/sign-in-notice.ts";
import { signInToInteraction } from "#lib/legrand/interactions/sign-in-to-interaction.ts";

export const POST = interactionPost(async ({ uid, form, headers }) => {
  const outcome = await signInToInteraction(uid, headers, clientNetwork(headers), Object.fromEntries(form));
  if (outcome.ok) return outcome.location;
  return "email" in outcome ? seeOther(interactionPath(uid), sealSignInNotice(uid, outcome)) : interactionPath(uid);
});
