import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import { requestSecret } from "#lib/legrand/client-secrets/request-secret.ts";
import { secretLabelSchema, secretLifetimeSchema } from "#lib/legrand/client-secrets/secret-form-schema.ts";
import { formNotice, type FormNotice } from "#lib/legrand/portal/form-notice.ts";
import { ownedPost } from "#lib/legrand/portal/portal-post.ts";
import { cutText } from "#lib/graphemes.ts";

export const POST = ownedPost(async ({ application, account, form }) => {
  const path = `/legrand/applications/${application.clientId}`;
  const back = (notice: FormNotice) => seeOther(path, formNotice(path).seal(notice));
  const lifetime = secretLifetimeSchema.safeParse(form.get("lifetime"));
  const label = secretLabelSchema.safeParse(form.get("label"));
  if (!lifetime.success || !form.has("label"))
    return answerInvalid(422, "A client secret needs a label and one of the offered lifetimes.");
  if (!label.success) {
    const typed = { label: cutText(form.get("label")!, 200), lifetime: String(lifetime.data) };
    return back({ tone: "error", fieldErrors: { label: label.error.issues[0]!.message }, typed });
  }
  const asked = await requestSecret(application, account, { label: label.data, lifetimeDays: lifetime.data });
  return asked.ok
    ? seeOther(path, asked.cookie)
    : back({
        tone: "error",
        message: "Five client secrets are valid, which is the maximum. Delete one to generate another.",
      });
});
