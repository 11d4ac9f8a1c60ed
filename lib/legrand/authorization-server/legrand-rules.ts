import type { Application } from "#lib/legrand/applications/store.ts";
import { REPLACE_GRANT } from "#lib/legrand/grants/grant-management.ts";
import { ALWAYS_GRANTED_SCOPE, findScope, parseScope } from "#lib/legrand/scopes.ts";

/**
 * Completes an authorization request as the real cloud does (Works with Legrand, Authorization request).
 * Without `scope`, the registered scopes apply. If another scope of Legrand's own is requested,
 * `topology.read` is added. A request without `scope` comes from a client that knows Legrand but not the
 * details of OAuth, so it may also leave out `response_type`. A request with `scope` or PKCE comes from an
 * OAuth library, and must follow RFC 6749 §4.1.1.
 */
export function completeAuthorizationRequest(
  parameters: URLSearchParams,
  application: Application | null,
): void {
  // The library supports two more modes that the real cloud does not. A mode that the library does not know
  // makes it return an error.
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
 * Adds `topology.read` to requested scopes of Legrand's own if the application has it. It is always granted
 * (Works with Legrand, Scopes): the openHAB binding requests `comfort.read comfort.write` and lists the
 * homes, which needs it. The response names the scopes that were granted (RFC 6749 §3.3).
 */
function addAlwaysGranted(parameters: URLSearchParams, available: string[]): void {
  const scopes = parseScope(parameters.get("scope") ?? "");
  const isAboutHomes = scopes.some((scope) => (findScope(scope)?.family ?? "identity") !== "identity");
  if (!isAboutHomes || scopes.includes(ALWAYS_GRANTED_SCOPE) || !available.includes(ALWAYS_GRANTED_SCOPE))
    return;
  parameters.set("scope", [...scopes, ALWAYS_GRANTED_SCOPE].join(" "));
}

/**
 * Adds `consent` to `prompt` if the request replaces the grant. The person is asked in any case, as with
 * `prompt=consent`. With that prompt, `offline_access` counts (OpenID Connect Core §11); otherwise it would
 * be lost with every change. A parameter that is sent twice is left unchanged, so that the library refuses
 * it.
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
 * Used as the `redirect_uri` of a code that does not exist. No reply URL equals it, because registration
 * refuses the scheme.
 */
const NO_REDIRECT_URI = "about:no-such-code";

/**
 * Completes a token request. Most Legrand clients leave out `redirect_uri`, as OAuth 2.1 does; then the one
 * of the code is used. If one is sent, it must match, which the library checks (RFC 6749 §4.1.3). A code that
 * does not exist has no `redirect_uri`, and the request must fail because the code is invalid. So it gets a
 * placeholder, because otherwise the library would answer that `redirect_uri` is missing. A refresh that
 * requests fewer scopes keeps `topology.read`. `payload` is that of the code or refresh token, or undefined
 * if it does not exist.
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

/** The `iat` and `exp` of a token that was issued, in epoch seconds. */
export type IssuedToken = { iat: number; exp: number };

/**
 * Adds `expires_on` (epoch seconds, a number) to a token response, because older Legrand clients read only
 * that. Also adds `refresh_token_expires_in`, the number of seconds from the issue of the refresh token in
 * the response until it ends if it is not used. Both come from the tokens, never from the time of the
 * response, so that a slow response does not change them.
 */
export function completeTokenResponse(
  body: Record<string, unknown>,
  accessToken: IssuedToken | null,
  refreshToken: IssuedToken | null,
): Record<string, unknown> {
  return {
    ...body,
    ...(accessToken ? { expires_on: accessToken.exp } : {}),
    ...(refreshToken ? { refresh_token_expires_in: refreshToken.exp - refreshToken.iat } : {}),
  };
}

/**
 * Sort rank of a response parameter: `iss` comes before `code`, and `state` is last. Existing programs parse
 * the URL with `code=(.*)&` and `state=(.*)$` (LEGRAND, More facts of the wire).
 */
const placeOf = (name: string): number => (name === "iss" ? 0 : name === "state" ? 2 : 1);

/**
 * Returns the URL of an authorization response with `iss` first and `state` last, for success and error
 * alike. `location` is the URL as the library built it. The parameters that the library added are sorted; the
 * registered URL stays as it is, byte for byte.
 */
export function orderResponse(location: string, registeredUrl: string): string {
  const { hash, searchParams } = new URL(location);
  const registered = new URL(registeredUrl).searchParams;
  // Errors of the implicit and hybrid flows travel in the fragment (OAuth 2.0 Multiple Response Types §2.1).
  const appended = [...(hash ? new URLSearchParams(hash.slice(1)) : searchParams)].filter(
    ([name]) => hash || !registered.has(name),
  );
  const ordered = appended.sort(([a], [b]) => placeOf(a) - placeOf(b));
  return `${registeredUrl}${hash ? "#" : separatorAfter(registeredUrl)}${new URLSearchParams(ordered)}`;
}

function separatorAfter(registeredUrl: string): string {
  if (!registeredUrl.includes("?")) return "?";
  return /[?&]$/.test(registeredUrl) ? "" : "&";
}
