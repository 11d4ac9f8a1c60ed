import { findUser } from "#lib/connect/auth.ts";
import { deleteConnectAccount } from "#lib/connect/leaving/delete-user.ts";
import { formPost } from "#lib/http/form-post.ts";

export const POST = formPost(async () => {
  const user = await findUser();
  return user ? `/?deleted=${await deleteConnectAccount(user)}` : "/";
});
