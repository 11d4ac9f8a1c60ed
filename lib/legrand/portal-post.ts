import { answerInvalid, sameOriginPost, seeOther } from "#lib/http/form-post.ts";
import { readForm } from "#lib/http/read-parameters.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { findOwned, type OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { PORTAL } from "#lib/legrand/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { findSignedIn, signInPath } from "#lib/legrand/session.ts";

/**
 * Ten reply URLs of 2,000 characters, percent-encoded, beside everything else that the portal's forms have.
 */
const PORTAL_BODY_LIMIT_BYTES = 256 * 1024;

/** One form post of somebody who is signed in. */
export type PortalPost<Params = object> = {
  account: LegrandAccount;
  form: URLSearchParams;
  headers: Headers;
  params: Params;
};

/** One form post about an application of theirs. */
export type OwnedPost<Params = object> = PortalPost<Params> & { application: OwnedApplication };

type RouteContext<Params> = { params: Promise<Params> };

/**
 * A route handler for a form of the developer portal: same origin, signed in, bounded, readable; then `work`,
 * which answers with the address to go to, or with a response of its own. Who is not signed in goes to sign
 * in.
 */
export function portalPost<Params = object>(work: (post: PortalPost<Params>) => Promise<string | Response>) {
  return signedInPost<Params>(async (account, request, params) =>
    work({
      account,
      params,
      headers: request.headers,
      form: await readForm(request, PORTAL_BODY_LIMIT_BYTES),
    }),
  );
}

/** The same for a form about one application: somebody else's answers exactly as one that does not exist. */
export function ownedPost<Params extends { clientId: string }>(
  work: (post: OwnedPost<Params>) => Promise<string | Response>,
) {
  return portalPost<Params>(async (post) => {
    const application = await findOwned(post.account, post.params.clientId);
    return application ? work({ ...post, application }) : answerInvalid(404, "Application not found.");
  });
}

/** The same for a form whose body `work` reads itself: one with a file. */
export function signedInPost<Params>(
  work: (account: LegrandAccount, request: Request, params: Params) => Promise<string | Response>,
) {
  return sandboxRoute(
    sameOriginPost<RouteContext<Params>>(async (request, { params }) => {
      const account = await findSignedIn(request.headers);
      return account ? work(account, request, await params) : seeOther(signInPath(PORTAL));
    }),
  );
}
