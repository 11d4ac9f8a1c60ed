import type { OAuthConfig, OAuthUserConfig, OIDCConfig } from "next-auth/providers";
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from "jose";

/**
 * What identifies a connected account: the claims of the id_token, or, where there is none, the account's
 * homes.
 */
export interface LegrandProfile extends Record<string, unknown> {
  /** The account's identifier at Legrand (`sub`), or one made of its homes. */
  sub: string;
  name?: string;
  email?: string;
}

/** What the provider needs beside `clientId` and `clientSecret`. */
export type LegrandOptions = OAuthUserConfig<LegrandProfile> & {
  /**
   * Issuer of an OpenID provider, such as the sandbox's `http://localhost:3000/legrand`. With it the provider
   * is of the type `oidc`: endpoints by discovery, and `state`, `iss`, `nonce` and the id_token's signature
   * are verified.
   */
  issuer?: string;
  /**
   * The issuer that a cloud without discovery names in its answers (`iss`, RFC 9207). An answer that names
   * another one is refused, and one that names none is accepted. Leave it out if you do not know it, and see
   * `withoutIss`.
   */
  expectedIss?: string;
  /** Authorization endpoint, where there is no issuer to ask: the real cloud's unless told. */
  authorizeUrl?: string;
  /** Token endpoint, likewise. */
  tokenUrl?: string;
  /** Base of the Smarther API; without an id_token, `GET {apiUrl}/plants` tells who connected. */
  apiUrl?: string;
  /** Sent to the API as `Ocp-Apim-Subscription-Key`; it is not the client secret. */
  subscriptionKey?: string;
  /** Requested scopes; without any, the scopes of the registration are meant. */
  scopes?: readonly string[];
  /**
   * Sends this provider's requests in place of the global `fetch`. For those of next-auth itself set its
   * `customFetch` too.
   */
  fetch?: typeof fetch;
};

const TIMEOUT_MS = 10_000;
/**
 * Legrand's access tokens live for an hour; what claims to live for more than a day is taken for a mistake.
 */
const LIFETIME_SECONDS = 60 * 60;
const LONGEST_LIFETIME_SECONDS = 24 * 60 * 60;

const LONGEST_NAME = 200;

const CLOUD = {
  authorizeUrl: "https://partners-login.eliotbylegrand.com/authorize",
  tokenUrl: "https://partners-login.eliotbylegrand.com/token",
  apiUrl: "https://api.developer.legrand.com/smarther/v2.0",
};

/**
 * Why an answer of the authorization server was not taken. `token_answer`, `plants_unusable`: the answer does
 * not follow the rules.
 * `unavailable`, `plants_refused`: the server has a problem at present.
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
 * Add **Works with Legrand** to your page.
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
 * `issuer: "http://localhost:3000/legrand"` points it at the sandbox. Without one it talks to the real cloud, which has no
 * userinfo and documents no id_token: there, `apiUrl` and `subscriptionKey` find out who connected.
 *
 * ### What next-auth leaves to your application
 * - **`iss`.** A cloud may name itself in its answers (RFC 9207). With `issuer` or `expectedIss` next-auth
 *   compares that name. Without either, take
 *   it out of the address of the callback, or next-auth refuses every answer:
 *   ```ts
 * export const GET = (request: NextRequest) => handlers.GET(new NextRequest(withoutIss(request.url),
 * request))
 *   ```
 * - **Names of cookies.** Cookies ignore the port, so two applications with next-auth on `localhost` sign
 *   people out of each other. Give all of
 * `cookies` names of your own. Put what distinguishes them first (`my-app.session`): next-auth takes every
 * cookie whose name starts with
 *   that of the session for a part of it.
 * - **A callback that arrives twice.** A browser or a proxy asks again by itself when the answer is lost.
 *   next-auth then redeems the code again,
 * and Legrand may end the access that it gave (RFC 6749 §4.1.2). Keep the answer to the first delivery for a
 * minute, for a browser with the same
 *   `state` cookie, and give it to the second one.
 * - **Two tabs.** The second one overwrites `state`, `pkceCodeVerifier` and `nonce` of the first, whose
 *   answer is then refused. After `signIn`
 *   rename these cookies to `<name>.<hash of state>`, and on the callback put the ones of its `state` back.
 * - **Prefetches.** Answer a callback with `Sec-Purpose: prefetch` by 503 and `Cache-Control: no-store`: it
 *   would spend the code.
 * - **A second consent.** next-auth stores tokens and scopes at the first consent only. Store them in
 *   `events.signIn` each time.
 *
 * Connect does each of these in `lib/connect/flows`, `lib/server/answer-prefetch.ts` and
 * `lib/connect/auth.ts` of the project that this file is from.
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
    // Legrand reads the credentials from the body only.
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
    // An empty scope counts as none (RFC 6749 §3.1); left out, next-auth would ask for "openid profile
    // email".
    authorization: { url: authorizeUrl ?? CLOUD.authorizeUrl, params: { scope: scopes?.join(" ") ?? "" } },
    token: { url: tokenUrl ?? CLOUD.tokenUrl, conform: withoutIdToken },
    // next-auth refuses a provider without issuer whose userinfo has no address, though `request` makes the
    // call.
    userinfo: {
      url: `${api.apiUrl}/plants`,
      request: ({ tokens }: { tokens: { access_token?: string } }) =>
        identifyByPlants(tokens.access_token!, api),
    },
  };
}

/**
 * What moves a cursor, colours a terminal or turns the direction of the text around it (Unicode TR 36 §3);
 * the two joiners are part of words.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A claim that is shown, in lists, logs, mails and on terminals: 200 characters of text, each of which is to
 * be seen. Anything else says nothing.
 */
export function readClaim(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const text = value.toWellFormed().replace(UNSEEN, "");
  if (text.length <= LONGEST_NAME) return text || null;
  // Between two characters (Unicode UAX 29): half of an emoji is another one, or none.
  const end = new Intl.Segmenter("und").segment(text).containing(LONGEST_NAME)!.index;
  return text.slice(0, end) || null;
}

/** An answer of the token endpoint. `body` is undefined if it is not JSON. */
export type TokenAnswer = { status: number; contentType: string | null; body: unknown };

/**
 * Returns what keeps an answer of the token endpoint from being a token response, or null if it is one (RFC
 * 6749 §5.1): status 200, JSON by its content type, an access token that fits into a header, and a token type
 * that this client can use (§7.1).
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
 * next-auth trusts an id_token that came over TLS (OpenID Connect Core §3.1.3.7, 6) and does not look at its
 * signature. We do: with the issuer's published keys, for its own issuer and our client_id, unexpired, and
 * never `none` or a shared secret. The nonce is compared by next-auth, which alone knows it.
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
    // OpenID Connect Core §2: at most 255 characters of ASCII.
    if (!/^[\x20-\x7e]{1,255}$/.test(String(payload.sub)))
      throw new LegrandIdentityError(
        "id_token_refused",
        "the sub of the id_token is not 1 to 255 ASCII characters",
      );
  } catch (error) {
    // An issuer that does not answer says nothing about the token.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
    if (error instanceof errors.JWKSInvalid || error.code === errors.JOSEError.code)
      throw new LegrandIdentityError("token_answer", "the issuer's keys cannot be read", { cause: error });
    throw new LegrandIdentityError("id_token_refused", "the id_token did not verify", { cause: error });
  }
  return answerWith(body);
}

/**
 * An id_token that nobody can verify identifies nobody: it is dropped, and the homes identify the account.
 */
async function withoutIdToken(response: Response): Promise<Response> {
  const body = await readTokens(response);
  if (!body) return response;
  const { id_token: _dropped, ...tokens } = body;
  return answerWith(tokens);
}

/**
 * The token response as RFC 6749 §5.1 has it, which is what next-auth takes; clouds of this kind also write
 * numbers in digits, the scopes as a list, `expires_on` in place of `expires_in` or neither of them, and null
 * for what is not there.
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
 * The token response, or null for an error of the protocol (RFC 6749 §5.2), which next-auth reads. Throws
 * when the answer is neither.
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
 * There is no "who am I" operation: the set of homes stands for the account (Smarther API v2.0, `GET
 * /plants`). So each of them has to have an identifier: those of whom nothing is known would all be one
 * person. No redirect is followed, for the key is for this host.
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

/** The homes of the answer. An object without `plants` has none. */
async function readPlants(response: Response): Promise<{ id?: unknown; name?: unknown }[]> {
  const body = (await response.json().catch(() => null)) as { plants?: unknown } | null;
  const plants = typeof body === "object" && body !== null ? (body.plants ?? []) : null;
  if (!Array.isArray(plants))
    throw new LegrandIdentityError("plants_unusable", "GET /plants answered no list of homes");
  return plants.map((plant: unknown) => (typeof plant === "object" && plant !== null ? plant : {}));
}

/**
 * Removes `iss` from the address of an authorization response (RFC 9207). next-auth compares it with a
 * placeholder if the provider has no issuer, and refuses every answer that has one. It protects clients of
 * several authorization servers; with one there is nothing to mix up.
 */
export function withoutIss(address: string): string {
  const url = new URL(address);
  if (url.searchParams.has("iss")) url.searchParams.delete("iss");
  return url.href;
}
