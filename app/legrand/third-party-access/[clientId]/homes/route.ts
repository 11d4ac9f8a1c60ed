import { seeOther } from "#lib/http/form-post.ts";
import { changeHomes } from "#lib/legrand/grants/change-homes.ts";
import { parseSentHomes } from "#lib/legrand/grants/shared-homes.ts";
import { THIRD_PARTY_ACCESS } from "#lib/legrand/grants/third-party-path.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { grantPost } from "#lib/legrand/portal/grant-post.ts";

export const POST = grantPost(async ({ account, grant, form }) => {
  const { ok, sentence } = await changeHomes(account, grant, parseSentHomes(form));
  const notice = formNotice(THIRD_PARTY_ACCESS).seal(
    ok
      ? { tone: "success", message: sentence }
      : { tone: "error", fieldErrors: { [`homes-${grant.clientId}`]: sentence } },
  );
  return seeOther(THIRD_PARTY_ACCESS, notice);
});
