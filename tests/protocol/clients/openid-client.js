import * as client from "openid-client";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, useToken }) {
  const { clientId, clientSecret, replyUrl } = await register();
  const config = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    execute: [client.allowInsecureRequests],
  });
  const [verifier, state, nonce] = [
    client.randomPKCECodeVerifier(),
    client.randomState(),
    client.randomNonce(),
  ];
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: replyUrl,
    scope: "openid topology.read comfort.read",
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  const callback = new URL(await person.go(address.href, replyUrl));
  const tokens = await client.authorizationCodeGrant(config, callback, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const subject = tokens.claims().sub;
  const userinfo = await client.fetchUserInfo(config, tokens.access_token, subject);
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
  await useToken(refreshed.access_token);
  await client.tokenRevocation(config, refreshed.access_token);
  return {
    accessToken: tokens.access_token,
    refreshedAccessToken: refreshed.access_token,
    idTokenSubject: subject,
    userinfoSubject: userinfo.sub,
    revokedToken: refreshed.access_token,
  };
}
