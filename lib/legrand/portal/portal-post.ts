import { answerInvalid, sameOriginPost, seeOther } from "#lib/http/form-post.ts";
import { readForm } from "#lib/http/read-parameters.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { findOwned, type OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { PORTAL } from "#lib/legrand/portal/return-to.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";
import { findSignedIn, signInPath } from "#lib/legrand/portal/session.ts";

/**
 * Room for ten reply URLs of 2,000 characters, percent-encoded, and the other fields of the portal's forms.
 */
const PORTAL_BODY_LIMIT_BYTES = 256 * 1024;

/** A form post of a signed-in developer. */
export type PortalPost<Params = object> = {
  account: LegrandAccount;
  form: URLSearchParams;
  headers: Headers;
  params: Params;
};

/** A form post about one of the developer's own applications. */
export type OwnedPost<Params = object> = PortalPost<Params> & { application: OwnedApplication };

type RouteContext<Params> = { params: Promise<Params> };

/**
 * Returns a route handler for a form of the developer portal. Checks that the request has the same origin, a
 * signed-in account, a bounded size and a readable body; then calls `work`, which returns the address to
 * redirect to, or a response. A user who is not signed in is redirected to the sign-in page.
 */
export function portalPost<Params = object>(work: (post: PortalPost<Params>) => Promise<string | Response>) {
  return uploadPost<Params>(async (account, request, params) =>
    work({
      account,
      params,
      headers: request.headers,
      form: await readForm(request, PORTAL_BODY_LIMIT_BYTES),
    }),
  );
}

/**
 * Like `portalPost`, for a form about one application. Another developer's application gets exactly the same
 * answer as one that does not exist.
 */
export function ownedPost<Params extends { clientId: string }>(
  work: (post: OwnedPost<Params>) => Promise<string | Response>,
) {
  return portalPost<Params>(async (post) => {
    const application = await findOwned(post.account, post.params.clientId);
    return application ? work({ ...post, application }) : answerInvalid(404, "Application not found.");
  });
}

/** Like `portalPost`, for a form whose body `work` reads itself: one with a file. */
export function uploadPost<Params>(
  work: (account: LegrandAccount, request: Request, params: Params) => Promise<string | Response>,
) {
  return sandboxRoute(
    sameOriginPost<RouteContext<Params>>(async (request, { params }) => {
      const account = await findSignedIn(request.headers);
      return account ? work(account, request, await params) : seeOther(signInPath(PORTAL));
    }),
  );
}
