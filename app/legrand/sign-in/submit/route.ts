import { clientNetwork } from "#lib/http/client-address.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { describeSignInRefusal } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import { signIn } from "#lib/legrand/accounts/sign-in.ts";
import { clearFormNotice } from "#lib/legrand/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { startSession } from "#lib/legrand/session.ts";
import { toSignIn } from "#lib/legrand/to-sign-in.ts";

export const POST = sandboxRoute(formPost(async (form, headers) => {
  const returnTo = parseReturnTo(form.get("return_to"));
  const outcome = await signIn(Object.fromEntries(form), clientNetwork(headers));
  if (outcome.ok) return seeOther(returnTo, ...(await startSession(outcome.account.id, headers)), clearFormNotice());
  return toSignIn(returnTo, describeSignInRefusal(outcome));
}));
