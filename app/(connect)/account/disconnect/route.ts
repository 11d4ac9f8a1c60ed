import { accountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { disconnect } from "#lib/connect/disconnecting/disconnect.ts";
import { signedInPost } from "#lib/connect/auth/signed-in-post.ts";
import { answerInvalid, seeOther } from "#lib/http/form-post.ts";

export const POST = signedInPost(async (user, form, headers) => {
  const left = await disconnect(user, form.get("id"), headers);
  if (!left) return answerInvalid(404, "Connected account not found.");
  if (left === "last_administrator") return seeOther("/account", accountNotice.seal({ about: left }));
  return seeOther(
    left.isSignedOut ? "/" : "/account",
    accountNotice.seal({ about: "disconnected", outcome: left.outcome }),
  );
});
