import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";

/** Endpoints that programs call and no person opens. They answer in JSON under any `Accept`. */
const PROGRAM_ENDPOINTS: readonly string[] = [
  ENDPOINTS.token,
  ENDPOINTS.revoke,
  ENDPOINTS.introspect,
  ENDPOINTS.userinfo,
  ENDPOINTS.discovery,
  ENDPOINTS.metadata,
  ENDPOINTS.jwks,
];
/** What these answer is about tokens (RFC 6749 §5.1, RFC 7662 §2.2, RFC 7009 §2.2). */
const UNSTORED: readonly string[] = [
  ENDPOINTS.token,
  ENDPOINTS.revoke,
  ENDPOINTS.introspect,
  ENDPOINTS.userinfo,
];

/**
 * Returns the request's headers as the library is to see them: at an endpoint of programs, it would else
 * answer an error as a page.
 */
export function acceptJson(path: string, headers: Headers): Headers {
  if (!PROGRAM_ENDPOINTS.includes(path)) return headers;
  const asking = new Headers(headers);
  asking.set("accept", "application/json");
  return asking;
}

/**
 * Forbids caches to store the answer if the endpoint's answers are about tokens, whether it is a success or
 * an error.
 */
export function forbidStoring(path: string, response: Response): Response {
  if (!UNSTORED.includes(path)) return response;
  response.headers.set("cache-control", "no-store");
  return response;
}
