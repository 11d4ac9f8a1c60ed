import { formPost, seeOther } from "#lib/http/form-post.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { endSession } from "#lib/legrand/session.ts";

export const POST = sandboxRoute(formPost(async (_form, headers) => seeOther("/legrand/sign-in", ...(await endSession(headers)))));
