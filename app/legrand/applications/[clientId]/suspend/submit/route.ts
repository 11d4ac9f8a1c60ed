import { seeOther } from "#lib/http/form-post.ts";
import { setState } from "#lib/legrand/applications/state/store.ts";
import { sealFormNotice } from "#lib/legrand/form-notice.ts";
import { ownedPost } from "#lib/legrand/portal-post.ts";

export const POST = ownedPost(async ({ application, account }) => {
  const path = `/legrand/applications/${application.clientId}`;
  await setState(application, "suspended", `${account.givenName} ${account.familyName}`);
  return seeOther(path, sealFormNotice(path, { tone: "success", message: `${application.name} is suspended.` }));
});
