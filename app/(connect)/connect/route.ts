import { findUser } from "#lib/connect/auth.ts";
import { askForMore, connect, connectByHomes } from "#lib/connect/linked-accounts/connect.ts";
import { formPost } from "#lib/form-post.ts";

export const POST = formPost(async (form) => {
  const user = form.has("more") ? await findUser() : null;
  if (user) return askForMore(user, form.getAll("scope"));
  return form.get("recognition") === "plants" ? connectByHomes() : connect();
});
