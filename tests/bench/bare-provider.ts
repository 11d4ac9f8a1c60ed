// The baseline of the bench: `oidc-provider` on node:http with its own in-memory adapter and the same
// configuration. It runs as a child process, sends its port to its parent, and ends with it.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";

import { exportJWK, generateKeyPair } from "jose";
import Provider, { type Configuration } from "oidc-provider";

import { OPENID_SCOPE, REPLY_URL } from "#tests/bench/oauth-client.ts";

const DAY = 24 * 60 * 60;
const COOKIE = { signed: true, httpOnly: true, sameSite: "lax" as const, overwrite: true };

async function configuration(clientId: string, clientSecret: string): Promise<Configuration> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: "sig", alg: "RS256" }] },
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        token_endpoint_auth_method: "client_secret_post",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [REPLY_URL],
        scope: OPENID_SCOPE,
      },
    ],
    scopes: ["offline_access", ...OPENID_SCOPE.split(" ")],
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_post", "client_secret_basic"],
    pkce: { required: () => false },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    expiresWithSession: async () => false,
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 90 * DAY,
      Session: 14 * DAY,
      Grant: 90 * DAY,
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    cookies: { keys: [randomUUID()], long: COOKIE, short: COOKIE },
    routes: {
      authorization: "/authorize",
      token: "/token",
      userinfo: "/userinfo",
      introspection: "/introspect",
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      introspection: { enabled: true },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
  };
}

async function serve(clientId: string, clientSecret: string): Promise<number> {
  let port = 0;
  const server = createServer((request, response) => {
    if (!request.url!.startsWith("/interaction/")) return void answer(request, response);
    provider
      .interactionDetails(request, response)
      .then(async ({ params }) => {
        const accountId = randomUUID();
        const grant = new provider.Grant({ accountId, clientId: params.client_id as string });
        grant.addOIDCScope(params.scope as string);
        await provider.interactionFinished(request, response, {
          login: { accountId },
          consent: { grantId: await grant.save() },
        });
      })
      .catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as { port: number });
  const provider = new Provider(`http://127.0.0.1:${port}`, await configuration(clientId, clientSecret));
  const answer = provider.callback();
  return port;
}

process.once("disconnect", () => process.exit());
process.once("message", ({ clientId, clientSecret }: { clientId: string; clientSecret: string }) => {
  void serve(clientId, clientSecret).then((port) => process.send!({ port }));
});
