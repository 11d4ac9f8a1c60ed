import { generateKeyPair, SignJWT, type JWTPayload } from "jose";

import { CLOUD_CLIENT, signIdToken, type ApiAnswer, type TestCloud } from "#tests/factories/start-cloud.ts";

const unsigned = (header: object, claims: JWTPayload, signature = "") =>
  `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.${signature}`;

const foreignKey = generateKeyPair("RS256");
const PAST = Math.floor(Date.now() / 1000) - 7200;

type Make = (cloud: TestCloud, request: URLSearchParams) => unknown;

const claimsFor = (cloud: TestCloud, request: URLSearchParams): JWTPayload => ({
  iss: cloud.origin,
  aud: CLOUD_CLIENT.id,
  sub: "thief",
  nonce: request.get("nonce") ?? "none",
  iat: Math.floor(Date.now() / 1000),
  exp: Math.floor(Date.now() / 1000) + 600,
});
const claiming =
  (change: JWTPayload): Make =>
  (cloud, request) =>
    signIdToken(cloud, request, change);
const signed =
  (header: { alg: string; kid?: string }): Make =>
  (cloud, request) =>
    new SignJWT(claimsFor(cloud, request))
      .setProtectedHeader(header)
      .sign(new TextEncoder().encode(CLOUD_CLIENT.secret));

/** id_tokens that an attacker or a mistake could produce (OpenID Connect Core §3.1.3.7). */
export const HOSTILE_ID_TOKENS: [string, Make][] = [
  [
    "a bad signature",
    async (cloud, request) => (await signIdToken(cloud, request)).replace(/\.[^.]+$/, `.${"A".repeat(342)}`),
  ],
  [
    "a payload that was changed after signing",
    async (cloud, request) => {
      const [header, , signature] = (await signIdToken(cloud, request)).split(".");
      return `${header}.${Buffer.from(JSON.stringify({ ...claimsFor(cloud, request), sub: "another-person" })).toString("base64url")}.${signature}`;
    },
  ],
  [
    "a foreign key with the known key's id",
    async (cloud, request) => signIdToken(cloud, request, {}, (await foreignKey).privateKey),
  ],
  [
    "a key that it brings along (jwk header)",
    async (cloud, request) =>
      new SignJWT(claimsFor(cloud, request))
        .setProtectedHeader({ alg: "RS256", jwk: { kty: "RSA" } })
        .sign((await foreignKey).privateKey),
  ],
  ["alg none", (cloud, request) => unsigned({ alg: "none" }, claimsFor(cloud, request))],
  ["alg None", (cloud, request) => unsigned({ alg: "None" }, claimsFor(cloud, request))],
  [
    "alg none with a key id",
    (cloud, request) => unsigned({ alg: "none", kid: "k1" }, claimsFor(cloud, request)),
  ],
  ["HS256 with the client secret", signed({ alg: "HS256" })],
  ["HS256 with the key id of the public key", signed({ alg: "HS256", kid: "k1" })],
  ["another iss", claiming({ iss: "https://evil.example" })],
  ["the iss with a slash more", (cloud, request) => signIdToken(cloud, request, { iss: `${cloud.origin}/` })],
  ["no iss", claiming({ iss: undefined })],
  ["another aud", claiming({ aud: "another-client" })],
  ["no aud", claiming({ aud: undefined })],
  [
    "several aud, and an azp that is not Connect",
    claiming({ aud: [CLOUD_CLIENT.id, "another-client"], azp: "another-client" }),
  ],
  ["another nonce", claiming({ nonce: "another" })],
  ["no nonce", claiming({ nonce: undefined })],
  ["an end in the past", claiming({ iat: PAST, exp: PAST + 600 })],
  ["no end", claiming({ exp: undefined })],
  ["no iat", claiming({ iat: undefined })],
  ["no sub", claiming({ sub: undefined })],
  ["a sub of 256 characters (§2)", claiming({ sub: "x".repeat(256) })],
  ["a time before which it does not count", claiming({ nbf: Math.floor(Date.now() / 1000) + 3600 })],
  ["no JWT at all", () => "opaque"],
  ["an empty one", () => ""],
  ["a number", () => 7],
];

type Tokens = Record<string, unknown>;

/**
 * Invalid answers of the token endpoint (RFC 6749 §5.1, §5.2, §7.1), with the problem that the person reads.
 */
export const HOSTILE_TOKEN_ANSWERS: [string, (tokens: Tokens) => ApiAnswer, string][] = [
  ["201", (tokens) => [201, tokens], "unusable_answer"],
  [
    "the content type text/html",
    (tokens) => [200, tokens, { "content-type": "text/html" }],
    "unusable_answer",
  ],
  [
    "the content type text/plain",
    (tokens) => [200, tokens, { "content-type": "text/plain;charset=UTF-8" }],
    "unusable_answer",
  ],
  [
    "a content type that only begins like JSON",
    (tokens) => [200, tokens, { "content-type": "application/json-seq" }],
    "unusable_answer",
  ],
  ["no token_type", (tokens) => [200, { ...tokens, token_type: undefined }], "unusable_answer"],
  ["token_type mac", (tokens) => [200, { ...tokens, token_type: "mac" }], "unusable_answer"],
  [
    "token_type DPoP, which Connect did not ask for",
    (tokens) => [200, { ...tokens, token_type: "DPoP" }],
    "unusable_answer",
  ],
  [
    "a token_type that is no text",
    (tokens) => [200, { ...tokens, token_type: ["Bearer"] }],
    "unusable_answer",
  ],
  ["no access_token", (tokens) => [200, { ...tokens, access_token: undefined }], "unusable_answer"],
  ["an empty access_token", (tokens) => [200, { ...tokens, access_token: "" }], "unusable_answer"],
  [
    "an access_token that fits into no header",
    (tokens) => [200, { ...tokens, access_token: "a\r\nSet-Cookie: b=c" }],
    "unusable_answer",
  ],
  ["HTML in place of JSON", () => [200, "<html><h1>Maintenance</h1></html>"], "unusable_answer"],
  ["JSON that is no object", (tokens) => [200, [tokens]], "unusable_answer"],
  ["nothing", () => [200, null], "unusable_answer"],
  ["10 MB", (tokens) => [200, { ...tokens, filler: "x".repeat(10_000_000) }], "unusable_answer"],
  ["an error with the status of a success", () => [200, { error: "invalid_grant" }], "unusable_answer"],
  ["a redirect", () => [302, null, { location: "http://127.0.0.1:9/token" }], "unusable_answer"],
  ["400 without a word of the protocol", () => [400, "<html>Bad Request</html>"], "unusable_answer"],
  ["500", () => [500, "Internal Server Error"], "unreachable"],
  ["429", () => [429, { message: "Rate limit is exceeded. Try again in 4 seconds." }], "unreachable"],
];

/** Members of a token response that break a rule without consequences. Each has its reason. */
export const HARMLESS_TOKEN_ANSWERS: [string, (tokens: Tokens) => Tokens][] = [
  [
    "expires_in in digits: the number is meant (seen at clouds of this kind)",
    (tokens) => ({ ...tokens, expires_in: "3600" }),
  ],
  [
    "expires_in that is negative: an hour is assumed, and a refusal of the API renews the token",
    (tokens) => ({ ...tokens, expires_in: -1 }),
  ],
  [
    "no expires_in: an hour is assumed (RFC 6749 §5.1 only recommends it)",
    (tokens) => ({ ...tokens, expires_in: undefined }),
  ],
  [
    "scope as a list: the names are the same",
    (tokens) => ({ ...tokens, scope: String(tokens.scope).split(" ") }),
  ],
  [
    "a refresh_token that is no text: the connection lasts as long as the access token",
    (tokens) => ({ ...tokens, refresh_token: 7 }),
  ],
  [
    "unknown members: the client has to ignore them (§5.1)",
    (tokens) => ({ ...tokens, not_known: { at: "all" } }),
  ],
  [
    "token_type in other letters: it is case insensitive (§5.1)",
    (tokens) => ({ ...tokens, token_type: "bEaReR" }),
  ],
];

/**
 * What the authorization endpoint could send to the wrong browser or for another request (RFC 6749 §4.1.2,
 * §10.12).
 */
export const HOSTILE_REDIRECTS: [string, (answer: URLSearchParams) => void, string][] = [
  ["another state", (answer) => answer.set("state", "x".repeat(43)), "stale"],
  ["no state", (answer) => answer.delete("state"), "stale"],
  ["two states (§3.1)", (answer) => answer.append("state", answer.get("state")!), "unusable_answer"],
  ["two codes (§3.1)", (answer) => answer.append("code", "another"), "unusable_answer"],
  ["no code", (answer) => answer.delete("code"), "unusable_answer"],
];
