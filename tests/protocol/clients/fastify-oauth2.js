import { createServer } from "node:http";

import oauth2 from "@fastify/oauth2";
import Fastify from "fastify";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve, useToken }) {
  let handle;
  const origin = await serve((request, response) => handle(request, response));
  const { clientId, clientSecret, replyUrl } = await register(`${origin}/callback`);
  const app = Fastify({
    serverFactory: (handler) => {
      handle = handler;
      return unusedServer();
    },
  });
  await app.register(oauth2, {
    name: "legrand",
    scope: ["topology.read", "comfort.read"],
    credentials: { client: { id: clientId, secret: clientSecret } },
    startRedirectPath: "/",
    callbackUri: replyUrl,
    discovery: { issuer },
    pkce: "S256",
    cookie: { secure: false },
  });
  app.get("/callback", async (request) => {
    const { token } = await app.legrand.getAccessTokenFromAuthorizationCodeFlow(request);
    const refreshed = await app.legrand.getNewAccessTokenUsingRefreshToken(token);
    return {
      accessToken: token.access_token,
      refreshedAccessToken: refreshed.token.access_token,
      refreshed: refreshed.token,
    };
  });
  await app.ready();
  const { accessToken, refreshedAccessToken, refreshed } = JSON.parse((await person.read(`${origin}/`)).text);
  await useToken(refreshedAccessToken);
  await app.legrand.revokeToken(refreshed, "access_token");
  return { accessToken, refreshedAccessToken, revokedToken: refreshedAccessToken };
}

/** Fastify wants a server of its own; the requests come from the one that is served. */
function unusedServer() {
  return createServer();
}
