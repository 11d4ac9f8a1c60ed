import { continueInteraction } from "#lib/legrand/interactions/describe-interaction.ts";
import { continueAsSignedIn } from "#lib/legrand/interactions/continue-as-signed-in.ts";
import { interactionPath, interactionPost } from "#lib/legrand/interactions/interaction-post.ts";

export const POST = interactionPost(
  async ({ uid, headers }) =>
    (await continueAsSignedIn(uid, headers)) ??
    (await continueInteraction(uid, headers)) ??
    interactionPath(uid),
);
