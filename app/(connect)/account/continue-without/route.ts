import { findUser } from "#lib/connect/auth.ts";
import { continueWithout } from "#lib/connect/tokens/continue-without.ts";
import { answerInvalid, formPost } from "#lib/http/form-post.ts";

export const POST = formPost(async (form) => {
  const user = await findUser();
  if (!user) return "/";
  return await continueWithout(user, form.get("id")) ? "/account" : answerInvalid(404, "There is no such connected account.");
});
