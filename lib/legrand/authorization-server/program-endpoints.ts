import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";

/**
 * Endpoints that are called by programs and never opened in a browser. They answer in JSON for any `Accept`.
 */
const PROGRAM_ENDPOINTS: readonly string[] = [
  ENDPOINTS.token,
  ENDPOINTS.revoke,
  ENDPOINTS.introspect,
  ENDPOINTS.userinfo,
  ENDPOINTS.discovery,
  ENDPOINTS.metadata,
  ENDPOINTS.jwks,
];

/**
 * Returns the request headers for the library. At an endpoint for programs, `Accept` is set to JSON;
 * otherwise the library would answer an error with a page.
 */
export function acceptJson(path: string, headers: Headers): Headers {
  if (!PROGRAM_ENDPOINTS.includes(path)) return headers;
  const asking = new Headers(headers);
  asking.set("accept", "application/json");
  return asking;
}
