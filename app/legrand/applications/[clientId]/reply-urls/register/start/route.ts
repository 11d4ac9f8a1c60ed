import { answerInvalid } from "#lib/http/form-post.ts";
import { ownedPost } from "#lib/legrand/portal/portal-post.ts";
import { startRegistration } from "#lib/legrand/reply-url-requests/start-registration.ts";

export const POST = ownedPost(
  async ({ account, application, form }) =>
    (await startRegistration(account, application, form.get("request") ?? "")) ??
    answerInvalid(422, "This request is not one that the error page offered to you. Nothing was registered."),
);
