import { now } from "#lib/clock.ts";
import { recordApplicationUse } from "#lib/legrand/applications/store.ts";
import type { Artifact } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { loadApplication } from "#lib/legrand/authorization-server/load-application.ts";
import { isRecentUse } from "#lib/legrand/grants/is-recent-use.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/** The parts of a request that say which client sent it. */
type ClientRequest = { body: URLSearchParams; headers: Headers };

/**
 * Returns the client that a request names in its body or in `Authorization: Basic`, or null. The library
 * refuses a request that names two different clients.
 */
export function presentedClientId({ body, headers }: ClientRequest): string | null {
  // The library treats an empty parameter as absent.
  return body.get("client_id") || clientIdOfBasic(headers.get("authorization"));
}

/**
 * Decides whether the client may leave out its secret, and whether it is suspended. A mobile application may
 * leave it out if it proves itself by PKCE (RFC 8252 §8.5), for a code or token that it received that way, or
 * if it revokes a token (RFC 7009 §2.1). Both results are stored in the request scope for the library's
 * checks. `source` is the code or refresh token that was sent, if it exists.
 */
export async function judgeClient(
  endpoint: "token" | "revoke",
  request: ClientRequest,
  source: Artifact | null,
): Promise<void> {
  const clientId = presentedClientId(request);
  const application = clientId ? await loadApplication(clientId) : null;
  const authorization = request.headers.get("authorization");
  const scope = requestScope();
  scope.isSuspended = endpoint === "token" && application?.state === "suspended";
  const sendsNone =
    !request.body.get("client_secret") && (authorization === null || isBasicWithoutSecret(authorization));
  // A code or token that no longer exists gives no access, so no proof is needed. The client receives an
  // error about it, and not about its registration.
  const isProven = !source || Boolean(source.payload.codeChallenge ?? source.payload.isPublic);
  scope.isPublicClient = application?.type === "mobile" && sendsNone && isProven;
  if (scope.isPublicClient) nameClientInBody(request);
}

/**
 * Moves the client_id of a public client from `Authorization: Basic` into the body (RFC 6749 §2.3.1). If a
 * client uses `Authorization: Basic` to say that it has no secret, the library demands a secret.
 */
function nameClientInBody({ body, headers }: ClientRequest): void {
  const authorization = headers.get("authorization");
  const named = isBasicWithoutSecret(authorization) ? clientIdOfBasic(authorization) : null;
  // The library refuses a request that names two different clients.
  if (named === null || (body.get("client_id") || named) !== named) return;
  body.set("client_id", named);
  headers.delete("authorization");
}

/**
 * Records that a client was used, if it proved itself by a secret or received a successful response without
 * one. The time is stored to the minute. If the library answered with a success, `commitWrites` records the use
 * together with what the request writes.
 */
export async function recordClientUse(clientId: string | null, isAnswered: boolean): Promise<void> {
  const scope = requestScope();
  const { shownSecret, isPublicClient } = scope;
  const application = clientId ? await loadApplication(clientId) : null;
  if (!application || !(shownSecret ?? (isPublicClient && isAnswered))) return;
  const secret = application.secrets.find(({ digest }) => digest === shownSecret);
  if ([application, ...(secret ? [secret] : [])].every(({ lastUsedAt }) => isRecentUse(lastUsedAt))) return;
  if (isAnswered) scope.clientUse = { clientId: application.clientId, secretDigest: shownSecret };
  else await recordApplicationUse(application.clientId, shownSecret, now());
}

/**
 * True for `Authorization: Basic` with a client_id and an empty secret. Some libraries send this to say that
 * they have no secret.
 */
function isBasicWithoutSecret(authorization: string | null): boolean {
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  return encoded !== undefined && /^[^:]+:$/.test(Buffer.from(encoded, "base64").toString());
}

/**
 * Returns the user part of `Authorization: Basic`, or null. It is form-encoded (RFC 6749 §2.3.1): some
 * libraries write `-` as `%2D`.
 */
function clientIdOfBasic(authorization: string | null): string | null {
  const encoded = /^basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  const [user = ""] = Buffer.from(encoded ?? "", "base64")
    .toString()
    .split(":");
  return new URLSearchParams(`user=${user.replaceAll("&", "%26")}`).get("user") || null;
}
