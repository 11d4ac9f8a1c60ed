import { signedInPost } from "#lib/connect/auth/signed-in-post.ts";
import { continueWithout } from "#lib/connect/linked-accounts/continue-without.ts";
import { answerInvalid } from "#lib/http/form-post.ts";

export const POST = signedInPost(async (user, form) =>
  (await continueWithout(user, form.get("id")))
    ? "/account"
    : answerInvalid(404, "Connected account not found."),
);
