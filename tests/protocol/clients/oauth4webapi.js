import * as oauth from "oauth4webapi";

const INSECURE = { [oauth.allowInsecureRequests]: true };

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, useToken }) {
  const { clientId, clientSecret, replyUrl } = await register();
  const url = new URL(issuer);
  const server = await oauth.processDiscoveryResponse(
    url,
    await oauth.discoveryRequest(url, { algorithm: "oidc", ...INSECURE }),
  );
  const [client, secret] = [{ client_id: clientId }, oauth.ClientSecretBasic(clientSecret)];
  const [verifier, state, nonce] = [
    oauth.generateRandomCodeVerifier(),
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
  ];
  const address = new URL(server.authorization_endpoint);
  address.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: replyUrl,
    response_type: "code",
    scope: "openid topology.read comfort.read",
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  }).toString();
  const callback = oauth.validateAuthResponse(
    server,
    client,
    new URL(await person.go(address.href, replyUrl)),
    state,
  );
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    secret,
    callback,
    replyUrl,
    verifier,
    INSECURE,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  // The signature is a check of its own here (OpenID Connect Core §3.1.3.7 lets a client leave it out).
  await oauth.validateApplicationLevelSignature(server, answer, INSECURE);
  const { sub } = oauth.getValidatedIdTokenClaims(tokens);
  const userinfo = await oauth.processUserInfoResponse(
    server,
    client,
    sub,
    await oauth.userInfoRequest(server, client, tokens.access_token, INSECURE),
  );
  const refreshed = await oauth.processRefreshTokenResponse(
    server,
    client,
    await oauth.refreshTokenGrantRequest(server, client, secret, tokens.refresh_token, INSECURE),
  );
  await useToken(refreshed.access_token);
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(server, client, secret, refreshed.access_token, INSECURE),
  );
  return {
    accessToken: tokens.access_token,
    refreshedAccessToken: refreshed.access_token,
    idTokenSubject: sub,
    userinfoSubject: userinfo.sub,
    revokedToken: refreshed.access_token,
  };
}
