import { createHash } from "node:crypto";

import type { Answer, Connection } from "#tests/bench/http-client.ts";

/**
 * An authorization server under load, and the client that is registered there. All servers get the same
 * requests.
 */
export type Target = {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** For a server that demands PKCE (RFC 7636). The same at each request, because it is not what is measured. */
  codeVerifier?: string;
};

/** Registered at both servers. No server listens there. */
export const REPLY_URL = "https://client.example/callback";

/** The scopes of Legrand's own clients: access without an id_token. */
export const PLAIN_SCOPE = "topology.read comfort.read";

/** The scopes of Connect: each answer also has an id_token, signed with RS256 at both servers. */
export const OPENID_SCOPE = `openid ${PLAIN_SCOPE}`;

/** Returns the authorization request that every server gets. */
export function authorizeUrl({ issuer, clientId, scope, codeVerifier }: Target): string {
  return `${issuer}/authorize?${new URLSearchParams({
    client_id: clientId,
    redirect_uri: REPLY_URL,
    response_type: "code",
    scope,
    state: "bench",
    ...(codeVerifier && { code_challenge: challengeOf(codeVerifier), code_challenge_method: "S256" }),
  })}`;
}

const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

/** Returns the code of a redirect to the client. Throws if the answer is another one. */
export function readCode(answer: Answer): string {
  const code = answer.location.startsWith(REPLY_URL)
    ? new URL(answer.location).searchParams.get("code")
    : null;
  return code ?? fail("a redirect with a code", answer);
}

type Tokens = { access_token: string; refresh_token: string };

const askByCode = (connection: Connection, target: Target, code: string) =>
  askForToken(connection, target, {
    grant_type: "authorization_code",
    code,
    redirect_uri: REPLY_URL,
    ...(target.codeVerifier && { code_verifier: target.codeVerifier }),
  });

/** Redeems a code. Returns the refresh token. Throws if the answer is not 200. */
export async function redeemCode(connection: Connection, target: Target, code: string): Promise<string> {
  return (await askByCode(connection, target, code)).refresh_token;
}

/** Redeems a code. Returns the access token. Throws if the answer is not 200. */
export async function redeemForAccess(connection: Connection, target: Target, code: string): Promise<string> {
  return (await askByCode(connection, target, code)).access_token;
}

/** Refreshes. Returns the next refresh token. Throws if the answer is not 200. */
export async function refresh(connection: Connection, target: Target, refreshToken: string): Promise<string> {
  return (await askForToken(connection, target, { grant_type: "refresh_token", refresh_token: refreshToken }))
    .refresh_token;
}

async function askForToken(
  connection: Connection,
  { issuer, clientId, clientSecret }: Target,
  parameters: Record<string, string>,
): Promise<Tokens> {
  const form = new URLSearchParams({ ...parameters, client_id: clientId, client_secret: clientSecret });
  const answer = await connection.send(`${issuer}/token`, { form });
  if (answer.status !== 200) fail("tokens", answer);
  return JSON.parse(answer.body) as Tokens;
}

/**
 * Ends the bench with an error, because a server that refuses quickly must not look fast. The message
 * contains only the status, the address and the error.
 */
export function fail(expected: string, { status, location, body }: Answer): never {
  const error = /"error(_description)?":"[^"]*"/g;
  throw new Error(
    `Expected ${expected}, got ${status} ${location.split("?")[0]} ${body.match(error)?.join(" ") ?? ""}`,
  );
}
