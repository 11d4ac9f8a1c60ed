import { formPost, seeOther } from "#lib/http/form-post.ts";
import { describeSignInRefusal } from "#lib/legrand/accounts/describe-sign-in-refusal.ts";
import { signIn } from "#lib/legrand/accounts/sign-in.ts";
import { formNotice, cutTyped } from "#lib/legrand/portal/form-notice.ts";
import { parseReturnTo } from "#lib/legrand/portal/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { startSession } from "#lib/legrand/portal/session.ts";
import { toSignIn } from "#lib/legrand/portal/to-sign-in.ts";

export const POST = sandboxRoute(
  formPost(async (form, headers) => {
    const returnTo = parseReturnTo(form.get("return_to"));
    const outcome = await signIn(Object.fromEntries(form), headers);
    if (!outcome.ok) return toSignIn(returnTo, describeSignInRefusal(outcome));
    const cookies = await startSession(outcome, headers);
    // The password was changed while it was being checked.
    if (!cookies)
      return toSignIn(
        returnTo,
        describeSignInRefusal({
          ok: false,
          reason: "wrong_password",
          email: cutTyped(form, ["email"]).email!,
        }),
      );
    return seeOther(returnTo, ...cookies, formNotice(returnTo).clear());
  }),
);
