import { answerInvalid } from "#lib/http/form-post.ts";
import { mayReadKeptMail } from "#lib/legrand/mail/may-read-kept-mail.ts";
import { readKeptMail } from "#lib/legrand/mail/read-kept-mail.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

type Context = { params: Promise<{ id: string }> };

export const GET = sandboxRoute(async ({ headers }, { params }: Context) => {
  const { id } = await params;
  const bytes = mayReadKeptMail(headers) ? await readKeptMail(id) : null;
  if (!bytes) return answerInvalid(404, "Mail not found.");
  return new Response(bytes, {
    headers: {
      "content-type": "message/rfc822",
      "content-disposition": `attachment; filename="${id}.eml"`,
      "cache-control": "no-store",
    },
  });
});
