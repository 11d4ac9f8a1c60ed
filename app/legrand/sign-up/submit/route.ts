import { clientNetwork } from "#lib/http/client-address.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { tooManyMails } from "#lib/legrand/accounts/too-many-mails.ts";
import { afterAnswer } from "#lib/http/after-answer.ts";
import { cutTyped, formNotice } from "#lib/legrand/portal/form-notice.ts";
import { parseReturnTo, withReturnTo } from "#lib/legrand/portal/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { signUp } from "#lib/legrand/sign-up/sign-up.ts";

const PAGE = "/legrand/sign-up";
const NEXT = "/legrand/sign-up/check-mail";

export const POST = sandboxRoute(
  formPost(async (form, headers) => {
    const returnTo = parseReturnTo(form.get("return_to"));
    const outcome = await signUp(Object.fromEntries(form), clientNetwork(headers), returnTo);
    if (!outcome.ok) {
      const typed = cutTyped(form, ["email", "given_name", "family_name", "country"]);
      const problem =
        outcome.reason === "invalid"
          ? { fieldErrors: outcome.fieldErrors }
          : tooManyMails(outcome.retryAfterSeconds);
      return seeOther(
        withReturnTo(PAGE, returnTo),
        formNotice(PAGE).seal({ tone: "error", ...problem, typed }),
      );
    }
    afterAnswer(PAGE, outcome.finish);
    return seeOther(NEXT, formNotice(NEXT).seal({ tone: "success", typed: { email: outcome.email } }));
  }),
);
