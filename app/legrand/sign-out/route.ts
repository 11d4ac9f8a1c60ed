import { formPost, seeOther } from "#lib/http/form-post.ts";
import { formNotice } from "#lib/legrand/portal/form-notice.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { endSession } from "#lib/legrand/portal/session.ts";

const SIGN_IN = "/legrand/sign-in";

export const POST = sandboxRoute(
  formPost(async (_form, headers) =>
    seeOther(
      SIGN_IN,
      ...(await endSession(headers)),
      formNotice(SIGN_IN).seal({ tone: "success", message: "You are signed out." }),
    ),
  ),
);
