import { findUser } from "#lib/connect/auth.ts";
import { askForMore, connect, connectByHomes } from "#lib/connect/linked-accounts/connect.ts";
import { formPost } from "#lib/http/form-post.ts";

export const POST = formPost(async (form) => {
  const accountId = form.get("account");
  const user = accountId ? await findUser() : null;
  if (user && accountId) return askForMore(user, accountId, form.getAll("scope"));
  return form.get("recognition") === "plants" ? connectByHomes() : connect();
});
