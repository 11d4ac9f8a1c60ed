import { showEmail } from "#lib/email-address.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { rememberDevice } from "#lib/legrand/accounts/device-cookie.ts";
import { cutTyped, formNotice } from "#lib/legrand/portal/form-notice.ts";
import { parseReturnTo, withReturnTo } from "#lib/legrand/portal/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { confirmSignUp } from "#lib/legrand/sign-up/confirm-sign-up.ts";
import { toSignInAfterMail } from "#lib/legrand/portal/to-sign-in.ts";

const PAGE = "/legrand/sign-up/confirm";
const CONFIRMED = "Your e-mail address is confirmed. Sign in.";
// Shown after a double click or from a second tab. The password in this form may differ from the account's
// password.
const CONFIRMED_BEFORE =
  "This e-mail address was confirmed before, and the account keeps the password that was set then. Sign in.";

export const POST = sandboxRoute(
  formPost(async (form, headers) => {
    const [token, returnTo] = [form.get("token") ?? "", parseReturnTo(form.get("return_to"))];
    const outcome = await confirmSignUp(token, Object.fromEntries(form));
    if (!outcome.ok && outcome.reason === "invalid") {
      const again = withReturnTo(`${PAGE}?${new URLSearchParams({ token })}`, returnTo);
      return seeOther(
        again,
        formNotice(PAGE).seal({
          tone: "error",
          fieldErrors: outcome.fieldErrors,
          typed: cutTyped(form, ["given_name", "family_name", "country"]),
        }),
      );
    }
    // Without a token, the page says that the link no longer works.
    if (!outcome.ok && outcome.reason === "gone") return PAGE;
    const notice = {
      tone: "success",
      message: outcome.ok ? CONFIRMED : CONFIRMED_BEFORE,
      typed: { email: showEmail(outcome.email) },
    } as const;
    // Remembers the device from the start: a stranger may have paused sign-in to this address before it had
    // an account.
    return toSignInAfterMail(returnTo, notice, ...(outcome.ok ? [rememberDevice(headers, outcome)] : []));
  }),
);
