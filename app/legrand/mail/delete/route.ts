import { answerInvalid, formPost } from "#lib/http/form-post.ts";
import { mayReadKeptMail } from "#lib/legrand/mail/may-read-kept-mail.ts";
import { deleteKeptMail } from "#lib/mail/sweep-kept-mail.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

export const POST = sandboxRoute(
  formPost(async (_form, headers) => {
    if (!mayReadKeptMail(headers)) return answerInvalid(404, "There is no mail to delete.");
    await deleteKeptMail();
    return "/legrand/mail";
  }),
);
