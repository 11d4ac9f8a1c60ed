import { formPost, seeOther } from "#lib/http/form-post.ts";
import { sealFormNotice } from "#lib/legrand/portal/form-notice.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { endSession } from "#lib/legrand/portal/session.ts";

const SIGN_IN = "/legrand/sign-in";

export const POST = sandboxRoute(
  formPost(async (_form, headers) =>
    seeOther(
      SIGN_IN,
      ...(await endSession(headers)),
      sealFormNotice(SIGN_IN, { tone: "success", message: "You are signed out." }),
    ),
  ),
);
