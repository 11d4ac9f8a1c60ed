import { decide, decisionSchema } from "#lib/legrand/interactions/decide.ts";
import { continueInteraction } from "#lib/legrand/interactions/describe-interaction.ts";
import { interactionPath, interactionPost } from "#lib/legrand/interactions/interaction-post.ts";

export const POST = interactionPost(async ({ uid, form, headers }) => {
  const input = decisionSchema.safeParse({ decision: form.get("decision"), scopes: form.getAll("scope") });
  if (!input.success) return interactionPath(uid);
  return (
    (await decide(uid, headers, input.data)) ??
    (await continueInteraction(uid, headers)) ??
    interactionPath(uid)
  );
});
