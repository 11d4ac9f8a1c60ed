import { seeOther } from "#lib/http/form-post.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { endGrant } from "#lib/legrand/grants/end-grant.ts";
import { grantPost } from "#lib/legrand/portal/grant-post.ts";
import { THIRD_PARTY_ACCESS } from "#lib/legrand/grants/third-party-path.ts";

export const POST = grantPost(async ({ grant }) => {
  await endGrant(grant.id, "person");
  return seeOther(
    THIRD_PARTY_ACCESS,
    formNotice(THIRD_PARTY_ACCESS).seal({ tone: "success", message: `${grant.name} no longer has access.` }),
  );
});
