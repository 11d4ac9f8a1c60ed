import { seeOther } from "#lib/http/form-post.ts";
import { changePassword } from "#lib/legrand/portal/change-password.ts";
import { mailPasswordChanged } from "#lib/legrand/accounts/mails.ts";
import { accountPost } from "#lib/legrand/portal/account-post.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { startSession } from "#lib/legrand/portal/session.ts";

const PAGE = "/legrand/account";

export const POST = accountPost(async ({ account, form, headers }) => {
  const [current, wanted] = [form.get("current_password") ?? "", form.get("new_password") ?? ""];
  const outcome = await changePassword(account, current, wanted, headers);
  if (!outcome.ok)
    return seeOther(PAGE, formNotice(PAGE).seal({ tone: "error", fieldErrors: outcome.fieldErrors }));
  mailPasswordChanged(account.email);
  const message = "Your password was changed. All other browsers were signed out.";
  // Without a session, for example because the password was reset at that moment, the page redirects to
  // sign-in.
  return seeOther(
    PAGE,
    ...((await startSession(outcome, headers)) ?? []),
    formNotice(PAGE).seal({ tone: "success", message }),
  );
});
