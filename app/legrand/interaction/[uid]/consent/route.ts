import { parseSentHomes } from "#lib/legrand/grants/shared-homes.ts";
import { askForHome } from "#lib/legrand/interactions/consent-notice.ts";
import { decide, decisionSchema } from "#lib/legrand/interactions/decide.ts";
import { continueInteraction } from "#lib/legrand/interactions/describe-interaction.ts";
import { interactionPath, interactionPost } from "#lib/legrand/interactions/interaction-post.ts";

export const POST = interactionPost(async ({ uid, form, headers }) => {
  const input = decisionSchema.safeParse({
    decision: form.get("decision"),
    scopes: form.getAll("scope"),
    homes: parseSentHomes(form),
  });
  if (!input.success) return interactionPath(uid);
  const outcome = await decide(uid, headers, input.data);
  if (outcome && !outcome.ok) return askForHome(uid, input.data.scopes);
  return outcome?.location ?? (await continueInteraction(uid, headers)) ?? interactionPath(uid);
});
