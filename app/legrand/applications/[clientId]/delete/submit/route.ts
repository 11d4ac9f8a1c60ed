import { seeOther } from "#lib/http/form-post.ts";
import { deleteApplication } from "#lib/legrand/applications/state.store.ts";
import { isSameName } from "#lib/legrand/applications/is-same-name.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { ownedPost } from "#lib/legrand/portal/portal-post.ts";
import { cutText } from "#lib/graphemes.ts";

export const POST = ownedPost(async ({ application, form }) => {
  const { name, clientId } = application;
  const [here, list] = [`/legrand/applications/${clientId}/delete`, "/legrand/applications"];
  const typed = form.get("name") ?? "";
  if (!isSameName(typed, name)) {
    return seeOther(
      here,
      formNotice(here).seal({
        tone: "error",
        fieldErrors: { name: `Type the name exactly as written: ${name}` },
        typed: { name: cutText(typed, 200) },
      }),
    );
  }
  await deleteApplication(application);
  return seeOther(list, formNotice(list).seal({ tone: "success", message: `${name} was deleted.` }));
});
