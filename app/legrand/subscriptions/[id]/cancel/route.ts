import { answerInvalid, seeOther } from "#lib/http/form-post.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalPost } from "#lib/legrand/portal/portal-post.ts";
import { isSubscriptionId } from "#lib/legrand/subscriptions/key-reference.ts";
import { deleteSubscription } from "#lib/legrand/subscriptions/store.ts";

const PAGE = "/legrand/subscriptions";

export const POST = portalPost<{ id: string }>(async ({ account, params }) => {
  if (!isSubscriptionId(params.id) || !(await deleteSubscription(account, params.id)))
    return answerInvalid(404, "Subscription not found.");
  return seeOther(
    PAGE,
    formNotice(PAGE).seal({
      tone: "success",
      message: "The subscription is cancelled. Its two keys no longer work.",
    }),
  );
});
