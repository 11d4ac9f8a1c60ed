import express from "express";
import openidConnect from "express-openid-connect";

const { auth, requiresAuth } = openidConnect;

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  const app = express();
  const origin = await serve(app);
  const { clientId, clientSecret } = await register(`${origin}/callback`);
  app.use(
    auth({
      issuerBaseURL: issuer,
      baseURL: origin,
      clientID: clientId,
      clientSecret,
      secret: "a secret of this program with 32 characters",
      idpLogout: false,
      authRequired: false,
      authorizationParams: { response_type: "code", scope: "openid topology.read comfort.read" },
    }),
  );
  app.get("/tokens", requiresAuth(), async (request, response) => {
    const { access_token: accessToken } = request.oidc.accessToken;
    const refreshed = await request.oidc.accessToken.refresh();
    const { sub } = await request.oidc.fetchUserInfo();
    response.json({
      accessToken,
      refreshedAccessToken: refreshed.access_token,
      idTokenSubject: request.oidc.user.sub,
      userinfoSubject: sub,
    });
  });
  return JSON.parse((await person.read(`${origin}/tokens`)).text);
}
