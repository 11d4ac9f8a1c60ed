import { clientNetwork } from "#lib/http/client-address.ts";
import { seeOther } from "#lib/http/form-post.ts";
import { interactionPath, interactionPost } from "#lib/legrand/interactions/interaction-post.ts";
import { sealSignInNotice } from "#lib/legrand/interactions/sign-in-notice.ts";
import { signIn, signInSchema } from "#lib/legrand/interactions/sign-in.ts";

export const POST = interactionPost(async ({ uid, form, headers }) => {
  const input = signInSchema.safeParse(Object.fromEntries(form));
  if (!input.success) {
    const message = input.error.issues[0]!.message;
    return seeOther(interactionPath(uid), sealSignInNotice(uid, { ok: false, reason: "invalid", message, email: "" }));
  }
  const outcome = await signIn(uid, headers, clientNetwork(headers), input.data);
  if (outcome.ok) return outcome.location;
  return seeOther(interactionPath(uid), "email" in outcome ? sealSignInNotice(uid, outcome) : undefined);
});
