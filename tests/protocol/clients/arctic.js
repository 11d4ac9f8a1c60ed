import { CodeChallengeMethod, generateCodeVerifier, generateState, OAuth2Client } from "arctic";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, useToken }) {
  const { clientId, clientSecret, replyUrl } = await register();
  const client = new OAuth2Client(clientId, clientSecret, replyUrl);
  const [state, verifier, scopes] = [
    generateState(),
    generateCodeVerifier(),
    ["topology.read", "comfort.read"],
  ];
  const address = client.createAuthorizationURLWithPKCE(
    `${issuer}/authorize`,
    state,
    CodeChallengeMethod.S256,
    verifier,
    scopes,
  );
  const callback = new URL(await person.go(address.href, replyUrl));
  const tokens = await client.validateAuthorizationCode(
    `${issuer}/token`,
    callback.searchParams.get("code"),
    verifier,
  );
  const refreshed = await client.refreshAccessToken(`${issuer}/token`, tokens.refreshToken(), scopes);
  await useToken(refreshed.accessToken());
  await client.revokeToken(`${issuer}/revoke`, refreshed.accessToken());
  return {
    accessToken: tokens.accessToken(),
    refreshedAccessToken: refreshed.accessToken(),
    revokedToken: refreshed.accessToken(),
  };
}
