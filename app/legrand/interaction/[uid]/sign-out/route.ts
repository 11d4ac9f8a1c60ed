import { interactionPath, interactionPost } from "#lib/legrand/interactions/interaction-post.ts";
import { switchAccount } from "#lib/legrand/interactions/switch-account.ts";

export const POST = interactionPost(
  async ({ uid, headers }) => (await switchAccount(uid, headers)) ?? interactionPath(uid),
);
