import ClientOAuth2 from "client-oauth2";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person }) {
  const { clientId, clientSecret, replyUrl } = await register();
  const client = new ClientOAuth2({
    clientId,
    clientSecret,
    redirectUri: replyUrl,
    state: "s",
    scopes: ["topology.read", "comfort.read"],
    accessTokenUri: `${issuer}/token`,
    authorizationUri: `${issuer}/authorize`,
  });
  const tokens = await client.code.getToken(await person.go(client.code.getUri(), replyUrl));
  const first = tokens.accessToken;
  const refreshed = await tokens.refresh();
  return { accessToken: first, refreshedAccessToken: refreshed.accessToken };
}
