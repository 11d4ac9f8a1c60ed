import { answerInvalid } from "#lib/http/form-post.ts";
import { findGrantOf, type GrantOf } from "#lib/legrand/grants/grant-of.ts";
import { portalPost, type PortalPost } from "#lib/legrand/portal/portal-post.ts";

type Params = { clientId: string };

/**
 * Creates a route handler for a form about the access that the signed-in account gave an application. An
 * access of another account gets exactly the same response as one that does not exist.
 */
export function grantPost(
  work: (post: PortalPost<Params> & { grant: GrantOf }) => Promise<string | Response>,
) {
  return portalPost<Params>(async (post) => {
    const grant = await findGrantOf(post.account, post.params.clientId);
    return grant ? work({ ...post, grant }) : answerInvalid(404, "Access not found.");
  });
}
