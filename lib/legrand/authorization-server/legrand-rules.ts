import type { Application } from "#lib/legrand/applications/store.ts";
import { REPLACE_GRANT } from "#lib/legrand/grants/grant-management.ts";
import { ALWAYS_GRANTED_SCOPE, findScope, parseScope } from "#lib/legrand/scopes.ts";

/**
 * Completes an authorization request as the real cloud does (Works with Legrand, Authorization request):
 * without `scope` the registered scopes are meant, and `topology.read` belongs to every other scope of
 * Legrand's own. A request without `scope`, of a client that knows Legrand and not OAuth's fine print, may
 * leave out
 * `response_type` too; a request with `scope` or PKCE comes from an OAuth library, and is held to RFC 6749 §4.1.1.
 */
export function completeAuthorizationRequest(
  parameters: URLSearchParams,
  application: Application | null,
): void {
  // The library has two more modes, which the real cloud has not; a word that it does not know makes it say
  // so.
  if (!["query", null].includes(parameters.get("response_mode")))
    parameters.set("response_mode", "unsupported");
  askAsForConsent(parameters);
  if (!application || parameters.getAll("scope").length > 1) return;
  if (parameters.get("scope")) return addAlwaysGranted(parameters, application.scopes);
  if (!parameters.get("response_type") && !parameters.has("code_challenge"))
    parameters.set("response_type", "code");
  parameters.set("scope", application.scopes.join(" "));
}

/**
 * Adds `topology.read` to requested scopes of Legrand's own where it is available. It is always granted
 * (Works with Legrand, Scopes): the openHAB binding asks for `comfort.read comfort.write` and lists the
 * homes, which needs it. The answer names the scopes that count (RFC 6749 §3.3).
 */
function addAlwaysGranted(parameters: URLSearchParams, available: string[]): void {
  const scopes = parseScope(parameters.get("scope") ?? "");
  const isAboutHomes = scopes.some((scope) => (findScope(scope)?.family ?? "identity") !== "identity");
  if (!isAboutHomes || scopes.includes(ALWAYS_GRANTED_SCOPE) || !available.includes(ALWAYS_GRANTED_SCOPE))
    return;
  parameters.set("scope", [...scopes, ALWAYS_GRANTED_SCOPE].join(" "));
}

/**
 * Where what is granted is to be replaced, the person is asked in any case, as with `prompt=consent`: then
 * `offline_access` counts (OpenID Connect Core §11), which would else be lost with every change. What is sent
 * twice stays for the library to refuse.
 */
function askAsForConsent(parameters: URLSearchParams): void {
  const [prompt = "", ...more] = parameters.getAll("prompt");
  if (
    parameters.get("grant_management_action") !== REPLACE_GRANT ||
    more.length ||
    /\b(none|consent)\b/.test(prompt)
  )
    return;
  parameters.set("prompt", `${prompt} consent`.trim());
}

/**
 * Stands for the `redirect_uri` of a code that was not found. No reply URL is equal to it: registration
 * refuses the scheme.
 */
const NO_REDIRECT_URI = "about:no-such-code";

/**
 * Completes a token request: most Legrand clients leave out `redirect_uri`, as OAuth 2.1 does; then the one
 * of the code is meant. One that is sent must match, which the library checks (RFC 6749 §4.1.3). A code that
 * does not exist has none, and the request has to fail for that reason: without a value, the library would
 * answer that `redirect_uri` is missing. A refresh that asks for less keeps
 * `topology.read`. `payload` is that of the code or refresh token, or undefined if it does not exist.
 */
export function completeTokenRequest(
  parameters: URLSearchParams,
  payload: Record<string, unknown> | undefined,
): void {
  if (parameters.get("grant_type") === "refresh_token")
    return addAlwaysGranted(parameters, parseScope(typeof payload?.scope === "string" ? payload.scope : ""));
  if (parameters.get("grant_type") !== "authorization_code" || parameters.get("redirect_uri")) return;
  parameters.set(
    "redirect_uri",
    typeof payload?.redirectUri === "string" ? payload.redirectUri : NO_REDIRECT_URI,
  );
}

/**
 * Adds `expires_on` (epoch seconds, a number) to a token response: older Legrand clients read only that. And
 * `refresh_token_expires_in`, the seconds until the refresh token in it ends without use; `refreshTokenEnd`
 * is that moment.
 */
export function completeTokenResponse(
  body: Record<string, unknown>,
  epochSeconds: number,
  refreshTokenEnd: number | null = null,
): Record<string, unknown> {
  return {
    ...body,
    ...(typeof body.expires_in === "number" ? { expires_on: epochSeconds + body.expires_in } : {}),
    ...(refreshTokenEnd === null ? {} : { refresh_token_expires_in: refreshTokenEnd - epochSeconds }),
  };
}
