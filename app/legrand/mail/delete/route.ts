import { env } from "#lib/env.ts";
import { answerInvalid, formPost } from "#lib/http/form-post.ts";
import { deleteKeptMail } from "#lib/mail/sweep-kept-mail.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

export const POST = sandboxRoute(formPost(async () => {
  if (!env().sandbox?.mail.isReadable) return answerInvalid(404, "There is no mail to delete.");
  await deleteKeptMail();
  return "/legrand/mail";
}));
