import type { OAuthConfig, OAuthUserConfig, OIDCConfig } from "next-auth/providers";
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from "jose";

/**
 * The profile that identifies a connected account: the claims of the id_token or, without one, the account's
 * homes.
 */
export interface LegrandProfile extends Record<string, unknown> {
  /** The account's id at Legrand (`sub`), or an id that is derived from its homes. */
  sub: string;
  name?: string;
  email?: string;
}

/** The options of the provider in addition to `clientId` and `clientSecret`. */
export type LegrandOptions = OAuthUserConfig<LegrandProfile> & {
  /**
   * Issuer of an OpenID provider, such as the sandbox's `http://localhost:3000/legrand`. If set, the provider
   * has the type `oidc`: it finds the endpoints by discovery, and verifies `state`, `iss`, `nonce` and the
   * id_token's signature.
   */
  issuer?: string;
  /**
   * The issuer that a cloud without discovery names in its answers (`iss`, RFC 9207). An answer that names
   * another issuer is refused; an answer without `iss` is accepted. If you do not know the issuer, leave this
   * out and see `withoutIss`.
   */
  expectedIss?: string;
  /** Authorization endpoint, used only without `issuer`. Defaults to the real cloud's. */
  authorizeUrl?: string;
  /** Token endpoint, used only without `issuer`. Defaults to the real cloud's. */
  tokenUrl?: string;
  /** Base URL of the Smarther API. Without an id_token, `GET {apiUrl}/plants` identifies who connected. */
  apiUrl?: string;
  /** Sent to the API as `Ocp-Apim-Subscription-Key`. It is not the client secret. */
  subscriptionKey?: string;
  /** Requested scopes. Without any, the scopes of the registration apply. */
  scopes?: readonly string[];
  /**
   * Replaces the global `fetch` for this provider's own requests. For the requests of next-auth itself, set
   * its `customFetch` too.
   */
  fetch?: typeof fetch;
};

const TIMEOUT_MS = 10_000;
/** Lifetime of Legrand's access tokens: one hour. A lifetime of more than a day is treated as a mistake. */
const LIFETIME_SECONDS = 60 * 60;
const LONGEST_LIFETIME_SECONDS = 24 * 60 * 60;

const LONGEST_NAME = 200;

const CLOUD = {
  authorizeUrl: "https://partners-login.eliotbylegrand.com/authorize",
  tokenUrl: "https://partners-login.eliotbylegrand.com/token",
  apiUrl: "https://api.developer.legrand.com/smarther/v2.0",
};

/**
 * Thrown when an answer of the authorization server is not accepted. `reason` says why. `token_answer`,
 * `plants_unusable`: the answer breaks the rules. `unavailable`, `plants_refused`: the server has a problem
 * at present.
 */
export class LegrandIdentityError extends Error {
  readonly reason:
    | "token_answer"
    | "unavailable"
    | "no_id_token"
    | "id_token_refused"
    | "no_plants"
    | "plants_refused"
    | "plants_unusable";
  constructor(reason: LegrandIdentityError["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LegrandIdentityError";
    this.reason = reason;
  }
}

/**
 * Adds **Works with Legrand** to your page.
 *
 * ### Setup
 * Reply URL, to be registered byte for byte: `https://example.com/api/auth/callback/legrand`
 * ```ts
 * import NextAuth from "next-auth"
 * import Legrand from "./legrand-provider"
 *
 * export const { handlers, auth, signIn, signOut } = NextAuth({
 *   providers: [Legrand({ clientId: LEGRAND_CLIENT_ID, clientSecret: LEGRAND_CLIENT_SECRET })],
 * })
 * ```
 * `issuer: "http://localhost:3000/legrand"` selects the sandbox. Without `issuer` it uses the real cloud,
 * which has no userinfo and documents no id_token. In that case `apiUrl` and `subscriptionKey` are used to
 * find out who connected.
 *
 * ### What next-auth leaves to your application
 * - **`iss`.** A cloud may name itself in its answers (RFC 9207). With `issuer` or `expectedIss`, next-auth
 *   compares that name. Without either, remove it from the callback's URL, or next-auth refuses every answer:
 *   ```ts
 *   export const GET = (request: NextRequest) =>
 *     handlers.GET(new NextRequest(withoutIss(request.url), request))
 *   ```
 * - **Cookie names.** Cookies ignore the port, so two applications with next-auth on `localhost` sign users
 *   out of each other. Give all of next-auth's `cookies` names of your own, with the distinguishing part first
 *   (`my-app.session`): next-auth takes every cookie whose name starts with the session cookie's name for a
 *   part of the session.
 * - **A callback that arrives twice.** A browser or a proxy repeats the request by itself if the answer is
 *   lost. next-auth then redeems the code again, and Legrand may end the access that it gave (RFC 6749
 *   §4.1.2). Store the answer to the first delivery for a minute, and repeat it to a second delivery from a
 *   browser with the same `state` cookie.
 * - **Two tabs.** The second tab overwrites `state`, `pkceCodeVerifier` and `nonce` of the first, whose answer
 *   is then refused. After `signIn`, rename these cookies to `<name>.<hash of state>`. On the callback,
 *   restore those that belong to its `state`.
 * - **Prefetches.** Answer a callback that has `Sec-Purpose: prefetch` with 503 and `Cache-Control: no-store`,
 *   because it would spend the code.
 * - **A second consent.** next-auth stores tokens and scopes at the first consent only. Store them in
 *   `events.signIn` each time.
 *
 * Connect does each of these in `lib/connect/flows`, `lib/server/front/answer-prefetch.ts` and
 * `lib/connect/auth/auth.ts` of the project that this file is from.
 *
 * ### Resources
 * - [Works with Legrand, tutorial](https://developer.legrand.com/)
 * - [OpenID Connect Core §3.1.3.7, ID Token
 *   Validation](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation)
 */
export default function Legrand(
  options: LegrandOptions,
): OIDCConfig<LegrandProfile> | OAuthConfig<LegrandProfile> {
  const {
    issuer,
    expectedIss,
    authorizeUrl,
    tokenUrl,
    apiUrl,
    subscriptionKey,
    scopes,
    fetch: ask = fetch,
    ...rest
  } = options;
  const common = {
    id: "legrand",
    name: "Legrand",
    // Legrand reads the credentials only from the body.
    client: { token_endpoint_auth_method: "client_secret_post" },
    style: { brandColor: "#1F1E1D" },
    profile: ({ sub, name, email }: LegrandProfile) => ({
      id: sub,
      name: readClaim(name),
      email: readClaim(email),
      image: null,
    }),
    options: rest,
  };
  if (issuer) {
    return {
      ...common,
      type: "oidc",
      issuer,
      checks: ["pkce", "state", "nonce"],
      authorization: { params: { scope: scopes?.join(" ") ?? "openid profile email" } },
      token: { conform: (response: Response) => verifyIdToken(response, issuer, rest.clientId!, ask) },
    };
  }
  const api = { apiUrl: apiUrl ?? CLOUD.apiUrl, subscriptionKey, ask };
  return {
    ...common,
    type: "oauth",
    ...(expectedIss ? { issuer: expectedIss } : {}),
    checks: ["pkce", "state"],
    // An empty scope counts as none (RFC 6749 §3.1). If it were left out, next-auth would request "openid
    // profile email".
    authorization: { url: authorizeUrl ?? CLOUD.authorizeUrl, params: { scope: scopes?.join(" ") ?? "" } },
    token: { url: tokenUrl ?? CLOUD.tokenUrl, conform: withoutIdToken },
    // next-auth refuses a provider without an issuer whose userinfo has no URL, even though `request` makes
    // the call.
    userinfo: {
      url: `${api.apiUrl}/plants`,
      request: ({ tokens }: { tokens: { access_token?: string } }) =>
        identifyByPlants(tokens.access_token!, api),
    },
  };
}

/**
 * Characters that move the cursor, colour a terminal or change the direction of text (Unicode TR 36 §3). The
 * two joiners are excluded, because they are parts of words.
 */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/**
 * Reads a claim that is displayed in lists, logs, mails and on terminals. Returns at most 200 characters of
 * text, all of them visible, or null for any other value.
 */
export function readClaim(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.toWellFormed().replace(INVISIBLE, "");
  if (text.length <= LONGEST_NAME) return text || null;
  // Cut between two characters (Unicode UAX 29), because half of an emoji is a different emoji, or none.
  const end = new Intl.Segmenter("und").segment(text).containing(LONGEST_NAME)!.index;
  return text.slice(0, end) || null;
}

/** An answer of the token endpoint. `body` is undefined if it is not JSON. */
export type TokenAnswer = { status: number; contentType: string | null; body: unknown };

/**
 * Returns what is wrong with an answer of the token endpoint, or null if it is valid. A valid token response
 * (RFC 6749 §5.1) has status 200, is JSON according to its content type, has an access token that fits into a
 * header, and has a token type that this client can use (§7.1).
 */
export function findTokenAnswerFault({ status, contentType, body }: TokenAnswer): string | null {
  if (status !== 200) return `the status is ${status}`;
  if (!/^application\/json\s*(;|$)/i.test(contentType ?? ""))
    return "the content type is not application/json";
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return "the body is not a JSON object";
  const { access_token: token, token_type: type } = body as Record<string, unknown>;
  if (typeof token !== "string" || !/^[\x21-\x7e]{1,16384}$/.test(token))
    return "there is no usable access_token";
  if (typeof type !== "string" || type.toLowerCase() !== "bearer") return "the token_type is not Bearer";
  return null;
}

type Metadata = { issuer: string; jwks_uri: string; id_token_signing_alg_values_supported?: string[] };
const jwksOf = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

async function discover(issuer: string, ask: typeof fetch): Promise<Metadata> {
  const response = await ask(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const metadata = (await response.json().catch(() => null)) as Metadata | null;
  if (typeof metadata?.jwks_uri !== "string" || !URL.canParse(metadata.jwks_uri))
    throw new LegrandIdentityError("token_answer", "discovery names no jwks_uri");
  if (metadata.issuer !== issuer)
    throw new LegrandIdentityError("id_token_refused", `discovery names another issuer than ${issuer}`);
  return metadata;
}

/**
 * Verifies the signature of the id_token. By itself, next-auth trusts an id_token that came over TLS (OpenID
 * Connect Core §3.1.3.7, 6). This function requires a signature by the issuer's published keys, its own
 * issuer, our client_id and a time before expiry. It never accepts `none` or a shared secret. The nonce is
 * compared by next-auth, because only next-auth knows it.
 */
async function verifyIdToken(
  response: Response,
  issuer: string,
  clientId: string,
  ask: typeof fetch,
): Promise<Response> {
  const body = await readTokens(response);
  if (!body) return response;
  if (typeof body.id_token !== "string")
    throw new LegrandIdentityError("no_id_token", "the token response has no id_token");
  const metadata = await discover(issuer, ask);
  try {
    const jwks =
      jwksOf.get(metadata.jwks_uri) ?? createRemoteJWKSet(new URL(metadata.jwks_uri), { [customFetch]: ask });
    jwksOf.set(metadata.jwks_uri, jwks);
    const algorithms = (metadata.id_token_signing_alg_values_supported ?? ["RS256"]).filter((alg) =>
      /^(RS|PS|ES|Ed)/.test(alg),
    );
    const { payload } = await jwtVerify(body.id_token, jwks, {
      issuer,
      audience: clientId,
      algorithms,
      requiredClaims: ["sub", "exp", "iat"],
    });
    // OpenID Connect Core §2: at most 255 ASCII characters.
    if (!/^[\x20-\x7e]{1,255}$/.test(String(payload.sub)))
      throw new LegrandIdentityError(
        "id_token_refused",
        "the sub of the id_token is not 1 to 255 ASCII characters",
      );
  } catch (error) {
    // If the issuer does not answer, that says nothing about the token.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
    if (error instanceof errors.JWKSInvalid || error.code === errors.JOSEError.code)
      throw new LegrandIdentityError("token_answer", "the issuer's keys cannot be read", { cause: error });
    throw new LegrandIdentityError("id_token_refused", "the id_token did not verify", { cause: error });
  }
  return answerWith(body);
}

/**
 * Removes the id_token, because without an issuer it cannot be verified. The homes identify the account
 * instead.
 */
async function withoutIdToken(response: Response): Promise<Response> {
  const body = await readTokens(response);
  if (!body) return response;
  const { id_token: _dropped, ...tokens } = body;
  return answerWith(tokens);
}

/**
 * Returns the token response in the form of RFC 6749 §5.1, which next-auth requires. Some clouds send numbers
 * as digits in a string, the scopes as a list, `expires_on` instead of `expires_in` or neither, and null for
 * absent members.
 */
function answerWith({
  scope,
  refresh_token,
  id_token,
  expires_in,
  expires_on,
  ...rest
}: Record<string, unknown>): Response {
  const scopes = (Array.isArray(scope) ? scope : [scope])
    .filter((name) => typeof name === "string" && name !== "")
    .join(" ");
  const seconds = [Number(expires_in), Math.floor(Number(expires_on) - Date.now() / 1000)].find(
    (value) => value > 0 && value <= LONGEST_LIFETIME_SECONDS,
  );
  return Response.json({
    ...rest,
    ...(scopes ? { scope: scopes } : {}),
    expires_in: seconds ?? LIFETIME_SECONDS,
    ...(typeof refresh_token === "string" ? { refresh_token } : {}),
    ...(typeof id_token === "string" ? { id_token } : {}),
  });
}

/**
 * Reads the token response. Returns null for an OAuth error (RFC 6749 §5.2), which next-auth handles. Throws
 * `LegrandIdentityError` if the answer is neither.
 */
async function readTokens(response: Response): Promise<Record<string, unknown> | null> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  if (response.status === 429 || response.status >= 500)
    throw new LegrandIdentityError("unavailable", `the token endpoint answered ${response.status}`);
  if (!response.ok && typeof (body as { error?: unknown } | null | undefined)?.error === "string")
    return null;
  const fault = findTokenAnswerFault({
    status: response.status,
    contentType: response.headers.get("content-type"),
    body,
  });
  if (fault)
    throw new LegrandIdentityError("token_answer", `the token endpoint's answer cannot be used: ${fault}`);
  return body as Record<string, unknown>;
}

/**
 * Identifies the account by the set of its homes. There is no "who am I" operation (Smarther API v2.0, `GET
 * /plants`). Each home needs an id: otherwise all accounts whose homes have no id would be the same person.
 * Does not follow redirects, because the subscription key is meant for this host only.
 */
async function identifyByPlants(
  accessToken: string,
  {
    apiUrl,
    subscriptionKey,
    ask,
  }: { apiUrl: string; subscriptionKey: string | undefined; ask: typeof fetch },
): Promise<LegrandProfile> {
  const response = await ask(`${apiUrl}/plants`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: "manual",
    headers: {
      authorization: `Bearer ${accessToken}`,
      ...(subscriptionKey ? { "ocp-apim-subscription-key": subscriptionKey } : {}),
    },
  });
  const { status } = response;
  if (!response.ok)
    throw new LegrandIdentityError(
      [408, 429].includes(status) || status >= 500 ? "plants_refused" : "plants_unusable",
      `GET /plants answered ${status}`,
    );
  const plants = status === 204 ? [] : await readPlants(response);
  const ids = plants
    .map(({ id }) => (typeof id === "number" ? String(id) : id))
    .filter((id) => typeof id === "string" && /^\S+$/.test(id))
    .sort();
  if (ids.length < plants.length)
    throw new LegrandIdentityError("plants_unusable", "GET /plants answered a home without an identifier");
  if (ids.length === 0)
    throw new LegrandIdentityError("no_plants", "the account has no home to be recognised by");
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(ids.join(" ")));
  return {
    sub: `plants:${Buffer.from(hash).toString("base64url")}`,
    name: plants
      .map(({ name }) => name)
      .filter((name) => typeof name === "string" && name)
      .join(", "),
  };
}

/** Reads the homes in the answer. An object without `plants` has none. */
async function readPlants(response: Response): Promise<{ id?: unknown; name?: unknown }[]> {
  const body = (await response.json().catch(() => null)) as { plants?: unknown } | null;
  const plants = typeof body === "object" && body !== null ? (body.plants ?? []) : null;
  if (!Array.isArray(plants))
    throw new LegrandIdentityError("plants_unusable", "GET /plants answered no list of homes");
  return plants.map((plant: unknown) => (typeof plant === "object" && plant !== null ? plant : {}));
}

/**
 * Removes `iss` from the URL of an authorization response (RFC 9207). If the provider has no issuer,
 * next-auth compares `iss` with a placeholder and refuses every answer that has one. `iss` protects clients
 * that use several authorization servers; with a single one there is nothing to mix up.
 */
export function withoutIss(address: string): string {
  const url = new URL(address);
  if (url.searchParams.has("iss")) url.searchParams.delete("iss");
  return url.href;
}
