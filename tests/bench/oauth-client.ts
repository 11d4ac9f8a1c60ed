import type { Answer, Connection } from "#tests/bench/http-client.ts";

/**
 * One authorization server under load, and the client that is registered there. Both sides get the same
 * requests.
 */
export type Target = {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  pid: number;
  scope: string;
};

/** Registered at both servers; nothing listens there. */
export const REPLY_URL = "https://client.example/callback";

/** What Legrand's own clients ask for: access, and no id_token. */
export const PLAIN_SCOPE = "topology.read comfort.read";

/** What Connect asks for: each answer has an id_token beside, signed with RS256 at both servers. */
export const OPENID_SCOPE = `openid ${PLAIN_SCOPE}`;

/** The authorization request that both servers get. */
export function authorizeUrl({ issuer, clientId, scope }: Target): string {
  return `${issuer}/authorize?${new URLSearchParams({ client_id: clientId, redirect_uri: REPLY_URL, response_type: "code", scope, state: "bench" })}`;
}

/** The code of a redirect to the client. Throws when the answer is another one. */
export function readCode(answer: Answer): string {
  const code = answer.location.startsWith(REPLY_URL)
    ? new URL(answer.location).searchParams.get("code")
    : null;
  return code ?? fail("a redirect with a code", answer);
}

type Tokens = { access_token: string; refresh_token: string };

const askByCode = (connection: Connection, target: Target, code: string) =>
  askForToken(connection, target, { grant_type: "authorization_code", code, redirect_uri: REPLY_URL });

/** Code → tokens; returns the refresh token. Throws when the answer is not 200. */
export async function redeemCode(connection: Connection, target: Target, code: string): Promise<string> {
  return (await askByCode(connection, target, code)).refresh_token;
}

/** The same, for the access token. */
export async function redeemForAccess(connection: Connection, target: Target, code: string): Promise<string> {
  return (await askByCode(connection, target, code)).access_token;
}

/** Refresh token → tokens; returns the next refresh token. Throws when the answer is not 200. */
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
 * A wrong answer ends the bench: a server that refuses quickly must not look fast. Tells the status and the
 * error only.
 */
export function fail(expected: string, { status, location, body }: Answer): never {
  const error = /"error(_description)?":"[^"]*"/g;
  throw new Error(
    `Expected ${expected}, got ${status} ${location.split("?")[0]} ${body.match(error)?.join(" ") ?? ""}`,
  );
}
