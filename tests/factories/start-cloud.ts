import { createServer, type IncomingMessage } from "node:http";

import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from "jose";

import { freePort } from "#tests/harness/server.ts";

/** A request that the cloud received. */
export type Received = { path: string; parameters: URLSearchParams; headers: IncomingMessage["headers"] };

/** A cloud for tests: an OpenID provider, or, without discovery, something like the real cloud. */
export type TestCloud = {
  origin: string;
  environment: Record<string, string>;
  /** Makes the token answer for the next code. Receives the parameters of its authorization request. */
  answer: (request: URLSearchParams) => Promise<Record<string, unknown>> | Record<string, unknown>;
  /** Replaces the token answer. Undefined sends it unchanged, with 200. */
  token: (tokens: Record<string, unknown>) => ApiAnswer | undefined;
  /** Changes the answer of the authorization endpoint before it leads back. */
  tamper: (answer: URLSearchParams) => void;
  /** Replaces discovery or the key set. Undefined sends it unchanged. */
  publish: (path: string, honest: Record<string, unknown>) => ApiAnswer | undefined;
  /** The homes that `GET /plants` lists. Null answers 204. */
  plants: { id: string; name: string }[] | null;
  /** Replaces an answer of the API, with its status, body and headers. Undefined sends it unchanged. */
  api: (
    path: string,
    request: { method: string; body: string },
  ) => ApiAnswer | undefined | Promise<ApiAnswer | undefined>;
  /** The `iss` of its authorization responses (RFC 9207). Null leaves it out. */
  iss: string | null;
  received: Received[];
  key: CryptoKey;
  stop: () => Promise<void>;
};

/** An answer. A string body is sent as it is, anything else as JSON. */
export type ApiAnswer = [status: number, body: unknown, headers?: Record<string, string>];

export const CLOUD_CLIENT = {
  id: "c10ad000-0000-4000-8000-000000000001",
  secret: "cloud-client-secret-of-32-characters!",
  key: "subscription-key",
};

/** Signs the id_token of an honest provider. `change` overrides claims. */
export function signIdToken(
  cloud: TestCloud,
  request: URLSearchParams,
  change: JWTPayload = {},
  key: CryptoKey = cloud.key,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: cloud.origin,
    aud: CLOUD_CLIENT.id,
    sub: "person-1",
    name: "Person One",
    nonce: request.get("nonce")!,
    iat: now,
    exp: now + 600,
    ...change,
  };
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "k1" }).sign(key);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Starts the cloud on a free port. */
export async function startCloud({ discovery }: { discovery: boolean }): Promise<TestCloud> {
  const origin = `http://localhost:${await freePort()}`;
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const metadata = {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/jwks`,
    // next-auth requires this endpoint, but does not call it.
    userinfo_endpoint: `${origin}/userinfo`,
    revocation_endpoint: `${origin}/revoke`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
  const requests = new Map<string, URLSearchParams>();
  const answerTo = async (path: string, parameters: URLSearchParams): Promise<ApiAnswer> => {
    if (discovery && path === "/.well-known/openid-configuration")
      return cloud.publish(path, metadata) ?? [200, metadata];
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "k1", use: "sig", alg: "RS256" }] };
    if (discovery && path === "/jwks") return cloud.publish(path, keys) ?? [200, keys];
    if (discovery && path === "/revoke") return [200, {}];
    if (path === "/token") {
      const tokens = await cloud.answer(requests.get(parameters.get("code")!) ?? new URLSearchParams());
      return cloud.token(tokens) ?? [200, tokens];
    }
    if (path === "/api/plants") return cloud.plants ? [200, { plants: cloud.plants }] : [204, null];
    return [404, { error: "not_found" }];
  };
  const server = createServer(
    (request, response) =>
      void (async () => {
        const url = new URL(request.url!, origin);
        const sent = request.method === "POST" ? await readBody(request) : "";
        const parameters = request.method === "POST" ? new URLSearchParams(sent) : url.searchParams;
        cloud.received.push({ path: url.pathname, parameters, headers: request.headers });
        if (url.pathname === "/authorize") {
          const code = crypto.randomUUID();
          requests.set(code, parameters);
          const answer = new URLSearchParams({
            ...(cloud.iss === null ? {} : { iss: cloud.iss }),
            code,
            ...(parameters.has("state") ? { state: parameters.get("state")! } : {}),
          });
          cloud.tamper(answer);
          return response.writeHead(303, { location: `${parameters.get("redirect_uri")}?${answer}` }).end();
        }
        const byApi = url.pathname.startsWith("/api/")
          ? await cloud.api(url.pathname.slice(4), { method: request.method!, body: sent })
          : undefined;
        const [status, body, headers] = byApi ?? (await answerTo(url.pathname, parameters));
        return response
          .writeHead(status, { "content-type": "application/json", ...headers })
          .end(body === null ? "" : typeof body === "string" ? body : JSON.stringify(body));
      })(),
  );
  const cloud: TestCloud = {
    origin,
    iss: origin,
    key: privateKey,
    received: [],
    plants: [],
    answer: () => ({}),
    token: () => undefined,
    tamper: () => {},
    publish: () => undefined,
    api: () => undefined,
    environment: {
      LEGRAND_AUTHORIZE_URL: `${origin}/authorize`,
      LEGRAND_TOKEN_URL: `${origin}/token`,
      LEGRAND_API_URL: `${origin}/api`,
      LEGRAND_CLIENT_ID: CLOUD_CLIENT.id,
      LEGRAND_CLIENT_SECRET: CLOUD_CLIENT.secret,
      LEGRAND_SUBSCRIPTION_KEY: CLOUD_CLIENT.key,
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  await new Promise<void>((resolve) => server.listen(Number(new URL(origin).port), resolve));
  return cloud;
}
