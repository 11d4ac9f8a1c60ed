import { generateCodeVerifier, OAuth2Client } from "@badgateway/oauth2-client";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, useToken }) {
  const { clientId, clientSecret, replyUrl } = await register();
  const { origin } = new URL(issuer);
  const client = new OAuth2Client({
    server: `${origin}/`,
    clientId,
    clientSecret,
    discoveryEndpoint: "/.well-known/oauth-authorization-server/legrand",
  });
  const codeVerifier = await generateCodeVerifier();
  const address = await client.authorizationCode.getAuthorizeUri({
    redirectUri: replyUrl,
    state: "s",
    codeVerifier,
    scope: ["topology.read", "comfort.read"],
  });
  const callback = await person.go(address, replyUrl);
  const tokens = await client.authorizationCode.getTokenFromCodeRedirect(callback, {
    redirectUri: replyUrl,
    state: "s",
    codeVerifier,
  });
  const refreshed = await client.refreshToken(tokens);
  await useToken(refreshed.accessToken);
  await client.revoke(refreshed, "access_token");
  return {
    accessToken: tokens.accessToken,
    refreshedAccessToken: refreshed.accessToken,
    revokedToken: refreshed.accessToken,
  };
}
