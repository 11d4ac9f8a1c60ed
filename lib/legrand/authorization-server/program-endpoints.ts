import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";

/** Endpoints that programs call and no person opens, with their methods. They answer in JSON under any `Accept`. */
const METHODS: Record<string, readonly string[]> = {
  [ENDPOINTS.token]: ["POST"],
  [ENDPOINTS.revoke]: ["POST"],
  [ENDPOINTS.introspect]: ["POST"],
  [ENDPOINTS.userinfo]: ["GET", "HEAD", "POST"],
  [ENDPOINTS.discovery]: ["GET", "HEAD"],
  "/legrand/.well-known/oauth-authorization-server": ["GET", "HEAD"],
  "/legrand/jwks": ["GET", "HEAD"],
};
/** What these answer is about tokens (RFC 6749 §5.1, RFC 7662 §2.2, RFC 7009 §2.2). */
const UNSTORED: readonly string[] = [ENDPOINTS.token, ENDPOINTS.revoke, ENDPOINTS.introspect, ENDPOINTS.userinfo];

/** Returns the request's headers as the library is to see them: at an endpoint of programs, it would else answer an error as a page. */
export function acceptJson(path: string, headers: Headers): Headers {
  if (!(path in METHODS)) return headers;
  const asking = new Headers(headers);
  asking.set("accept", "application/json");
  return asking;
}

/** Returns the answer to a method that an endpoint of programs does not have, for which the library answers 404; null for any other request. */
export function answerWrongMethod(path: string, method: string): Response | null {
  const methods = METHODS[path];
  if (!methods || methods.includes(method)) return null;
  const allow = [...methods, "OPTIONS"].join(", ");
  // Without Access-Control-Request-Method this is no preflight, which the library answers (RFC 9110 §9.3.7).
  if (method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
  return Response.json({ error: "invalid_request", error_description: `This endpoint is called by ${methods.join(" or ")}` }, { status: 405, headers: { allow } });
}

/** Forbids caches to store the answer if the endpoint's answers are about tokens, whether it is a success or an error. */
export function forbidStoring(path: string, response: Response): Response {
  if (!UNSTORED.includes(path)) return response;
  response.headers.set("cache-control", "no-store");
  response.headers.set("pragma", "no-cache");
  return response;
}
