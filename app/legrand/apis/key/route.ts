import { answerInvalid } from "#lib/http/form-post.ts";
import { portalPost } from "#lib/legrand/portal/portal-post.ts";
import { findKey } from "#lib/legrand/subscriptions/find-key.ts";
import { parseKeyReference } from "#lib/legrand/subscriptions/key-reference.ts";

/** Returns one subscription key for the call that its developer sends from this page. */
export const POST = portalPost(async ({ account, form }) => {
  const reference = parseKeyReference(form.get("key"));
  const found = reference && (await findKey(account, reference));
  if (!found) return answerInvalid(404, "Subscription not found.");
  if (found.key === null)
    return answerInvalid(
      409,
      "The server no longer has the encryption key of this subscription key, so it cannot be shown. It still works. Regenerate it to see a new one.",
    );
  return Response.json({ key: found.key }, { headers: { "cache-control": "no-store" } });
});
