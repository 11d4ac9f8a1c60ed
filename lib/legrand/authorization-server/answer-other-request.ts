import { seeOther } from "#lib/http/form-post.ts";
import { askLibrary, toResponse, withJson } from "#lib/legrand/authorization-server/bridge.ts";
import { commitWrites } from "#lib/legrand/authorization-server/commit-writes.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import {
  judgeClient,
  presentedClientId,
  recordClientUse,
} from "#lib/legrand/authorization-server/judge-client.ts";
import type { LibraryAnswer } from "#lib/legrand/authorization-server/provider.ts";
import { targetOf, type ReadRequest } from "#lib/legrand/authorization-server/read-request.ts";
import {
  endRevokedGrants,
  narrowToGrant,
  recordTokenUse,
} from "#lib/legrand/authorization-server/request-grant.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { answerNoSuchEndpoint, answerShownError } from "#lib/legrand/authorization-server/shown-error.ts";

/**
 * Answers a request to any other endpoint: revocation, introspection, userinfo, metadata and keys. The
 * function lists the steps in order: judge the client, library, commit, conclude.
 */
export async function answerOtherRequest(request: ReadRequest): Promise<Response> {
  const { path, body, headers } = request;
  const clientId = body ? presentedClientId({ body, headers }) : null;
  if (path === ENDPOINTS.revoke && body) await judgeClient("revoke", { body, headers }, null);
  const answer = await askLibrary(request);
  if (body) await recordClientUse(clientId, answer.status === 200);
  if (path === ENDPOINTS.revoke) await endRevokedGrants("application");
  if (!(await commitWrites())) return seeOther(targetOf(request));
  const { shownError } = requestScope();
  if (shownError) return answerShownError(headers, shownError, 400);
  if (answer.status === 404) return answerNoSuchEndpoint(headers);
  return toResponse(await conclude(path, answer));
}

async function conclude(path: string, answer: LibraryAnswer): Promise<LibraryAnswer> {
  if (answer.status !== 200) return answer;
  const body = answer.body as Record<string, unknown>;
  switch (path) {
    case ENDPOINTS.userinfo:
      await recordTokenUse();
      return answer;
    // Of four response bodies that were tried, this is the one that every revoking client accepts (RFC 7009
    // §2.2 leaves the body open).
    case ENDPOINTS.revoke:
      return withJson(answer, {});
    case ENDPOINTS.introspect:
      return withJson(answer, narrowToGrant(body));
    default:
      return answer;
  }
}
