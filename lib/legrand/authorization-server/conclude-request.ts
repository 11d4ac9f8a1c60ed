import { seeOther } from "#lib/http/form-post.ts";
import { commitWrites } from "#lib/legrand/authorization-server/commit-writes.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import { endRevokedGrants } from "#lib/legrand/authorization-server/end-revoked-grants.ts";
import { answerShownError } from "#lib/legrand/authorization-server/error-answers.ts";
import { narrowToGrant } from "#lib/legrand/authorization-server/narrow-to-grant.ts";
import { noteUseOfToken } from "#lib/legrand/authorization-server/note-use.ts";
import { orderResponse } from "#lib/legrand/authorization-server/order-response.ts";
import { requestScope, type ShownError } from "#lib/legrand/authorization-server/request-scope.ts";
import { withJson } from "#lib/legrand/authorization-server/with-json.ts";

const NO_SUCH_ENDPOINT: ShownError = {
  error: "not_found",
  description: "this endpoint does not exist",
  clientId: null,
  redirectUri: null,
};

/**
 * Writes what the library decided about any request except a token request (see `concludeTokenRequest`), and
 * returns the response. `target` is the path and query that the library received.
 */
export async function concludeRequest(
  request: Request,
  path: string,
  target: string,
  response: Response,
): Promise<Response> {
  const { shownError } = requestScope();
  if (path === ENDPOINTS.revoke) await endRevokedGrants("application");
  if (!(await commitWrites())) return seeOther(explanationOf(path, target));
  if (shownError && isResumption(path)) return seeOther(explanationOf(path, target));
  // 401 would ask the browser for credentials that the person does not have.
  if (shownError) return answerShownError(request, shownError, 400);
  if (path === ENDPOINTS.userinfo && response.ok) await noteUseOfToken();
  if (response.status === 404) return answerShownError(request, NO_SUCH_ENDPOINT, 404);
  return finish(path, response);
}

/** True for the path at which the library resumes after a sign-in or a consent. */
const isResumption = (path: string) => path.startsWith(`${ENDPOINTS.authorize}/`);

/**
 * Returns the page to which a person is sent if their step failed. After a resumption, it is the
 * interaction's page, which knows if the interaction was answered, has expired, or belongs to another
 * browser. Otherwise it is the same authorization request again.
 */
function explanationOf(path: string, target: string): string {
  return isResumption(path) ? path.replace("/authorize/", "/interaction/") : target;
}

async function finish(path: string, response: Response): Promise<Response> {
  const [{ redirectUri }, location] = [requestScope(), response.headers.get("location")];
  if (redirectUri && location) response.headers.set("location", orderResponse(location, redirectUri));
  if ((path === ENDPOINTS.discovery || path === ENDPOINTS.metadata) && response.status === 200) {
    return withJson(response, {
      ...((await response.json()) as Record<string, unknown>),
      response_modes_supported: ["query"],
    });
  }
  // Of four response bodies that were tried, this is the one that every revoking client accepts (RFC 7009
  // §2.2 leaves the body open).
  if (path === ENDPOINTS.revoke && response.status === 200) return withJson(response, {});
  if (path === ENDPOINTS.introspect && response.status === 200)
    return withJson(response, narrowToGrant((await response.json()) as Record<string, unknown>));
  return response;
}
