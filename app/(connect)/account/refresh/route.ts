import { signedInPost } from "#lib/connect/auth/signed-in-post.ts";
import { renewNow } from "#lib/connect/tokens/renew.ts";
import { answerInvalid } from "#lib/http/form-post.ts";

export const POST = signedInPost(async (user, form) =>
  (await renewNow(user, form.get("id"))) ? "/account" : answerInvalid(404, "Connected account not found."),
);
