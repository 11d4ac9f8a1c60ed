import { AuthorizationCode } from "simple-oauth2";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, useToken }) {
  const { clientId, clientSecret, replyUrl } = await register();
  const { origin } = new URL(issuer);
  const client = new AuthorizationCode({
    client: { id: clientId, secret: clientSecret },
    auth: {
      tokenHost: origin,
      tokenPath: "/legrand/token",
      authorizePath: "/legrand/authorize",
      revokePath: "/legrand/revoke",
    },
    options: { authorizationMethod: "body" },
  });
  const callback = new URL(
    await person.go(
      client.authorizeURL({ redirect_uri: replyUrl, scope: "topology.read comfort.read", state: "s" }),
      replyUrl,
    ),
  );
  const first = await client.getToken({ code: callback.searchParams.get("code"), redirect_uri: replyUrl });
  const second = await first.refresh();
  await useToken(second.token.access_token);
  await second.revoke("access_token");
  return {
    accessToken: first.token.access_token,
    refreshedAccessToken: second.token.access_token,
    revokedToken: second.token.access_token,
  };
}
