import { seeOther } from "#lib/http/form-post.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { portalPost } from "#lib/legrand/portal/portal-post.ts";
import { subscribe } from "#lib/legrand/subscriptions/subscribe.ts";
import { cutText } from "#lib/graphemes.ts";

const PAGE = "/legrand/subscriptions";

export const POST = portalPost(async ({ account, form }) => {
  const name = form.get("name") ?? "";
  const outcome = await subscribe(account, { name });
  if (outcome.ok)
    return seeOther(
      `${PAGE}#subscription-${outcome.id}`,
      formNotice(PAGE).seal({
        tone: "success",
        message: "You have subscribed to the Starter Kit. Show a key below.",
      }),
    );
  return seeOther(
    PAGE,
    formNotice(PAGE).seal({
      tone: "error",
      fieldErrors: { name: outcome.message },
      typed: { name: cutText(name, 200) },
    }),
  );
});
