import { clientNetwork } from "#lib/http/client-address.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { signIn } from "#lib/legrand/accounts/sign-in.ts";
import { sealFormNotice } from "#lib/legrand/form-notice.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { signInPath, startSession } from "#lib/legrand/session.ts";
import { parseReturnTo } from "#lib/legrand/return-to.ts";
import { describeSignInRefusal } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";

export const POST = sandboxRoute(formPost(async (form, headers) => {
  const returnTo = parseReturnTo(form.get("return_to"));
  const outcome = await signIn(Object.fromEntries(form), clientNetwork(headers));
  if (outcome.ok) return seeOther(returnTo, ...(await startSession(outcome.account.id, headers)));
  const typed = { email: outcome.email };
  return seeOther(signInPath(returnTo), sealFormNotice("/legrand/sign-in", { tone: "error", message: describeSignInRefusal(outcome).message, typed }));
}));
