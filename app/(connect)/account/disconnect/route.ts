import { findUser } from "#lib/connect/auth.ts";
import { disconnect, disconnectSchema } from "#lib/connect/linked-accounts/disconnect.ts";
import { formPost } from "#lib/http/form-post.ts";

export const POST = formPost(async (form) => {
  const user = await findUser();
  if (!user) return "/";
  const input = disconnectSchema.safeParse(Object.fromEntries(form));
  return input.success ? `/?disconnected=${await disconnect(user, input.data.id)}` : "/account";
});
