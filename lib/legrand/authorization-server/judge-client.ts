import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { isBasicWithoutSecret } from "#lib/legrand/authorization-server/authorization-header.ts";
import { presentedClientId } from "#lib/legrand/authorization-server/read-ahead.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Artifact } from "#lib/legrand/authorization-server/store.ts";

/**
 * Decides whether the client may leave out its secret, and whether it is suspended. A mobile application may
 * leave it out if it proves itself by PKCE (RFC 8252 §8.5), for a code or token that it received that way, or
 * if it revokes a token (RFC 7009 §2.1). Both results are stored in the request scope for the library's
 * checks. `source` is the code or refresh token that was sent, if it exists.
 */
export async function judgeClient(
  endpoint: "token" | "revoke",
  body: URLSearchParams,
  authorization: string | null,
  source: Artifact | null,
): Promise<void> {
  const clientId = presentedClientId(body, authorization);
  const application = clientId ? await loadApplication(clientId) : null;
  const scope = requestScope();
  scope.isSuspended = endpoint === "token" && application?.state === "suspended";
  const sendsNone =
    !body.get("client_secret") && (authorization === null || isBasicWithoutSecret(authorization));
  // A code or token that no longer exists gives no access, so no proof is needed. The client receives an
  // error about it, and not about its registration.
  const isProven = !source || Boolean(source.payload.codeChallenge ?? source.payload.isPublic);
  scope.isPublicClient = application?.type === "mobile" && sendsNone && isProven;
}
