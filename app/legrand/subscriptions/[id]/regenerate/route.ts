import { answerInvalid } from "#lib/http/form-post.ts";
import { portalPost } from "#lib/legrand/portal/portal-post.ts";
import { formatKeyReference, parseKeyReference } from "#lib/legrand/subscriptions/key-reference.ts";
import { regenerateKey } from "#lib/legrand/subscriptions/regenerate-key.ts";

export const POST = portalPost<{ id: string }>(async ({ account, form, params }) => {
  const reference = parseKeyReference(`${form.get("key")}-${params.id}`);
  if (!reference || !(await regenerateKey(account, reference)))
    return answerInvalid(404, "Subscription not found.");
  return `/legrand/subscriptions?regenerated=${formatKeyReference(reference)}#subscription-${reference.id}`;
});
