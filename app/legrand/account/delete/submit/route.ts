import { seeOther } from "#lib/http/form-post.ts";
import { deleteAccount } from "#lib/legrand/account-deletion/store.ts";
import { accountPost } from "#lib/legrand/portal/account-post.ts";
import { mailAccountDeleted } from "#lib/legrand/accounts/mails.ts";
import { reenterPassword } from "#lib/legrand/portal/reenter-password.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { endSession } from "#lib/legrand/portal/session.ts";

const PAGE = "/legrand/account/delete";
const SIGN_IN = "/legrand/sign-in";

export const POST = accountPost(async ({ account, form, headers }) => {
  const entered = await reenterPassword(account, form.get("current_password") ?? "", headers);
  if (!entered.ok)
    return seeOther(
      PAGE,
      formNotice(PAGE).seal({ tone: "error", fieldErrors: { current_password: entered.message } }),
    );
  await deleteAccount(account);
  mailAccountDeleted(account.email);
  return seeOther(
    SIGN_IN,
    ...(await endSession(headers)),
    formNotice(SIGN_IN).seal({ tone: "success", message: "Your account was deleted." }),
  );
});
