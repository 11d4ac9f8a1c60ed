import { loadApplication } from "#lib/legrand/authorization-server/adapter.ts";
import { isBasicWithoutSecret } from "#lib/legrand/authorization-server/authorization-header.ts";
import { presentedClientId } from "#lib/legrand/authorization-server/read-ahead.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Artifact } from "#lib/legrand/authorization-server/store.ts";

/**
 * Looks whether this client may leave out its secret: a mobile application that proves itself by PKCE (RFC
 * 8252 §8.5), with what it got that way, or giving a token back (RFC 7009 §2.1); and whether it was
 * suspended. Both are kept in the request's scope, for the library to ask. `source` is the code or refresh
 * token that was sent, if it exists.
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
  // What is not there any more buys nothing: the client hears that, and not that its registration is wrong.
  const isProven = !source || Boolean(source.payload.codeChallenge ?? source.payload.isPublic);
  scope.isPublicClient = application?.type === "mobile" && sendsNone && isProven;
}
