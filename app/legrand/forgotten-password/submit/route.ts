import { clientNetwork } from "#lib/http/client-address.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { tooManyMails } from "#lib/legrand/accounts/too-many-mails.ts";
import { afterAnswer } from "#lib/http/after-answer.ts";
import { cutTyped, formNotice } from "#lib/legrand/portal/form-notice.ts";
import { requestReset } from "#lib/legrand/password-reset/request-reset.ts";
import { parseReturnTo, withReturnTo } from "#lib/legrand/portal/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

const PAGE = "/legrand/forgotten-password";
const NEXT = "/legrand/forgotten-password/check-mail";

export const POST = sandboxRoute(
  formPost(async (form, headers) => {
    const returnTo = parseReturnTo(form.get("return_to"));
    const outcome = await requestReset(form.get("email") ?? "", clientNetwork(headers), returnTo);
    if (!outcome.ok) {
      const problem =
        outcome.reason === "invalid"
          ? { fieldErrors: { email: outcome.message } }
          : tooManyMails(outcome.retryAfterSeconds);
      return seeOther(
        withReturnTo(PAGE, returnTo),
        formNotice(PAGE).seal({ tone: "error", ...problem, typed: cutTyped(form, ["email"]) }),
      );
    }
    afterAnswer(PAGE, outcome.finish);
    return seeOther(NEXT, formNotice(NEXT).seal({ tone: "success", typed: { email: outcome.email } }));
  }),
);
