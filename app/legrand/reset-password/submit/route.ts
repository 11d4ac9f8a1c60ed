import { showEmail } from "#lib/email-address.ts";
import { formPost, seeOther } from "#lib/http/form-post.ts";
import { mailPasswordChanged } from "#lib/legrand/accounts/mails.ts";
import { rememberDevice } from "#lib/legrand/accounts/device-cookie.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { setNewPassword } from "#lib/legrand/password-reset/set-new-password.ts";
import { parseReturnTo, withReturnTo } from "#lib/legrand/portal/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { toSignInAfterMail } from "#lib/legrand/portal/to-sign-in.ts";

const PAGE = "/legrand/reset-password";

export const POST = sandboxRoute(
  formPost(async (form, headers) => {
    const [token, returnTo] = [form.get("token") ?? "", parseReturnTo(form.get("return_to"))];
    const outcome = await setNewPassword(token, form.get("password") ?? "");
    if (outcome.ok) {
      mailPasswordChanged(outcome.email);
      const notice = {
        tone: "success",
        message: "Your password was changed. Sign in with the new one.",
        typed: { email: showEmail(outcome.email) },
      } as const;
      // Lets the owner sign in while strangers keep sign-in paused: the person who reads the account's mail
      // set this password in this browser.
      return toSignInAfterMail(returnTo, notice, rememberDevice(headers, outcome));
    }
    // Without a token, the page says that the link no longer works.
    if (outcome.reason === "gone") return PAGE;
    const again = withReturnTo(`${PAGE}?${new URLSearchParams({ token })}`, returnTo);
    return seeOther(
      again,
      formNotice(PAGE).seal({ tone: "error", fieldErrors: { password: outcome.message } }),
    );
  }),
);
