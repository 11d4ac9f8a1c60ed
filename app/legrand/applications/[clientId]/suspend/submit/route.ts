import { seeOther } from "#lib/http/form-post.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { setState } from "#lib/legrand/applications/state.store.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { ownedPost } from "#lib/legrand/portal/portal-post.ts";

export const POST = ownedPost(async ({ application, account }) => {
  const path = `/legrand/applications/${application.clientId}`;
  await setState(application, "suspended", fullName(account));
  // Without a message of its own: the page says that the application is suspended, and announces it now.
  return seeOther(path, formNotice(path).seal({ tone: "success" }));
});
