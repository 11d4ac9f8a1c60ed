import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { grantPost } from "#lib/legrand/portal/grant-post.ts";
import { takeBack } from "#lib/legrand/grants/take-back.ts";
import { THIRD_PARTY_ACCESS } from "#lib/legrand/grants/third-party-path.ts";

export const POST = grantPost(async ({ account, grant, form }) => {
  const outcome = await takeBack(account, grant, form.get("scope"));
  if (!outcome.ok) return answerInvalid(422, outcome.sentence);
  const message = `You took back “${outcome.label}” from ${grant.name}. It may ask you again later.`;
  return seeOther(THIRD_PARTY_ACCESS, formNotice(THIRD_PARTY_ACCESS).seal({ tone: "success", message }));
});
