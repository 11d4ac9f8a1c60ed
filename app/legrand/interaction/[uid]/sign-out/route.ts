import { interactionPath, interactionPost } from "#lib/legrand/interactions/form-request.ts";
import { switchAccount } from "#lib/legrand/interactions/switch-account.ts";

export const POST = interactionPost(async ({ uid, headers }) => (await switchAccount(uid, headers)) ?? interactionPath(uid));
