import type { ClientFacts, ClientSettings } from "#lib/legrand/applications/settings/client-facts.ts";

/** A JSON string is also a valid JavaScript and Python string. */
const literal = (value: string) => JSON.stringify(value);

/** Returns a provider for next-auth v5, for `auth.ts`. */
export function nextAuthSettings({ clientId, scopes, issuer }: ClientFacts): ClientSettings {
  return {
    id: "next-auth",
    title: "next-auth v5",
    note: "auth.ts. Register https://your-site/api/auth/callback/legrand as a reply URL.",
    code: `import NextAuth from "next-auth";

export const { handlers, auth, signIn, signOut } = NextAuth({
  providers: [
    {
      id: "legrand",
      name: "Legrand",
      type: "oidc",
      issuer: ${literal(issuer)},
      clientId: ${literal(clientId)},
      clientSecret: process.env.WWL_CLIENT_SECRET,
      client: { token_endpoint_auth_method: "client_secret_post" },
      authorization: { params: { scope: ${literal(`openid ${scopes.join(" ")}`)} } },
      checks: ["pkce", "state", "nonce"],
    },
  ],
});`,
  };
}

/** Returns a program that uses openid-client v6 to get a first token. */
export function openidClientSettings({ clientId, replyUrl, scopes, issuer }: ClientFacts): ClientSettings {
  // By default, the library refuses plain http, but a sandbox on this machine has no https.
  const options = issuer.startsWith("http:") ? ", { execute: [client.allowInsecureRequests] }" : "";
  return {
    id: "openid-client",
    title: "openid-client v6",
    note: "first-token.mjs: run it with node --env-file=.env first-token.mjs",
    code: `import { createInterface } from "node:readline/promises";
import * as client from "openid-client";

const legrand = await client.discovery(
  new URL(${literal(issuer)}),
  ${literal(clientId)},
  process.env.WWL_CLIENT_SECRET,
  client.ClientSecretPost(process.env.WWL_CLIENT_SECRET)${options},
);

const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
console.log(client.buildAuthorizationUrl(legrand, {
  redirect_uri: ${literal(replyUrl)},
  scope: ${literal(`openid ${scopes.join(" ")}`)},
  state,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
}).href);

const terminal = createInterface({ input: process.stdin, output: process.stdout });
const answer = await terminal.question("Open it, accept, and paste the address that you were sent to: ");
terminal.close();

const tokens = await client.authorizationCodeGrant(legrand, new URL(answer), {
  pkceCodeVerifier: verifier,
  expectedState: state,
});
console.log(tokens);
console.log(await client.refreshTokenGrant(legrand, tokens.refresh_token));`,
  };
}
