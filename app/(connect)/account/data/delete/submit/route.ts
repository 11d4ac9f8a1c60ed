import { deleteConnectAccount } from "#lib/connect/leaving/delete-connect-account.ts";
import { signedInPost } from "#lib/connect/signed-in-post.ts";

export const POST = signedInPost(async (user, _form, headers) => {
  const outcome = await deleteConnectAccount(user, headers);
  return outcome === "last_administrator" ? "/account?kept=last_administrator" : `/?deleted=${outcome}`;
});
