import { findUser } from "#lib/connect/auth.ts";
import { disconnect, disconnectSchema } from "#lib/connect/leaving/disconnect.ts";
import { answerInvalid, formPost } from "#lib/http/form-post.ts";

export const POST = formPost(async (form) => {
  const user = await findUser();
  if (!user) return "/";
  const input = disconnectSchema.safeParse(Object.fromEntries(form));
  const left = input.success ? await disconnect(user, input.data.id) : null;
  if (!left) return answerInvalid(404, "There is no such connected account.");
  return `${left.isSignedOut ? "/" : "/account"}?disconnected=${left.outcome}`;
});
