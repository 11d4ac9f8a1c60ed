import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { describeInteraction } from "#lib/legrand/interactions/describe-interaction.ts";
import { interactionPath } from "#lib/legrand/interactions/interaction-post.ts";
import { PORTAL } from "#lib/legrand/portal/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { afterMailPath, toSignIn } from "#lib/legrand/portal/to-sign-in.ts";

type Context = { params: Promise<{ uid: string }> };

/**
 * Returns a person from a mail to the sign-in that waits in this browser, or to the sign-in page if none
 * waits.
 */
export const GET = sandboxRoute(async ({ headers }, { params }: Context) => {
  const { uid } = await params;
  const path = interactionPath(uid);
  const isWaiting = (await describeInteraction(uid, headers)).state === "sign-in";
  return toSignIn(
    isWaiting ? path : PORTAL,
    (await formNotice(afterMailPath(path)).find()) ?? { tone: "success" },
  );
});
