import express from "express";
import session from "express-session";
import passport from "passport";
import OAuth2Strategy from "passport-oauth2";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  const app = express();
  const origin = await serve(app);
  const { clientId, clientSecret, replyUrl } = await register(`${origin}/callback`);
  const authenticator = new passport.Passport();
  const strategy = new OAuth2Strategy(
    {
      authorizationURL: `${issuer}/authorize`,
      tokenURL: `${issuer}/token`,
      clientID: clientId,
      clientSecret,
      callbackURL: replyUrl,
      scope: ["topology.read", "comfort.read"],
      state: true,
      pkce: true,
    },
    (accessToken, refreshToken, _profile, done) => done(null, { accessToken, refreshToken }),
  );
  authenticator.use(strategy);
  app.use(session({ secret: "a secret of this program", resave: false, saveUninitialized: false }));
  app.get("/", authenticator.authenticate("oauth2", { session: false }));
  app.get("/callback", authenticator.authenticate("oauth2", { session: false }), (request, response) => {
    response.json(request.user);
  });
  const page = await person.read(`${origin}/`);
  const { accessToken, refreshToken } = JSON.parse(page.text);
  // passport has no refresh: programs use the client of the `oauth` package that the strategy holds.
  const refreshedAccessToken = await new Promise((resolve, reject) => {
    strategy._oauth2.getOAuthAccessToken(refreshToken, { grant_type: "refresh_token" }, (error, token) =>
      error ? reject(new Error(JSON.stringify(error))) : resolve(token),
    );
  });
  return { accessToken, refreshedAccessToken };
}
