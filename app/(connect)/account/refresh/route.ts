import { findUser } from "#lib/connect/auth.ts";
import { renewNow } from "#lib/connect/tokens/renew-now.ts";
import { answerInvalid, formPost } from "#lib/http/form-post.ts";

export const POST = formPost(async (form) => {
  const user = await findUser();
  if (!user) return "/";
  return await renewNow(user, form.get("id")) ? "/account" : answerInvalid(404, "There is no such connected account.");
});
