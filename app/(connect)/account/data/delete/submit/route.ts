import { accountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { deleteConnectAccount } from "#lib/connect/disconnecting/delete-connect-account.ts";
import { signedInPost } from "#lib/connect/auth/signed-in-post.ts";
import { seeOther } from "#lib/http/form-post.ts";

export const POST = signedInPost(async (user, _form, headers) => {
  const outcome = await deleteConnectAccount(user, headers);
  if (outcome === "last_administrator") return seeOther("/account", accountNotice.seal({ about: outcome }));
  return seeOther("/", accountNotice.seal({ about: "deleted", outcome }));
});
