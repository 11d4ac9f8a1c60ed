import express from "express";
import session from "express-session";
import passport from "passport";
import OpenIDConnectStrategy from "passport-openidconnect";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  const app = express();
  const origin = await serve(app);
  const { clientId, clientSecret, replyUrl } = await register(`${origin}/callback`);
  const authenticator = new passport.Passport();
  authenticator.use(
    new OpenIDConnectStrategy(
      {
        issuer,
        authorizationURL: `${issuer}/authorize`,
        tokenURL: `${issuer}/token`,
        userInfoURL: `${issuer}/userinfo`,
        clientID: clientId,
        clientSecret,
        callbackURL: replyUrl,
        scope: ["topology.read", "comfort.read"],
        skipUserProfile: false,
      },
      (_issuer, profile, _context, idToken, accessToken, _refreshToken, done) =>
        done(null, { profile, idToken, accessToken }),
    ),
  );
  app.use(session({ secret: "a secret of this program", resave: false, saveUninitialized: false }));
  app.get("/", authenticator.authenticate("openidconnect", { session: false }));
  app.get(
    "/callback",
    authenticator.authenticate("openidconnect", { session: false }),
    (request, response) => {
      response.json(request.user);
    },
  );
  const { profile, accessToken } = JSON.parse((await person.read(`${origin}/`)).text);
  return { accessToken, userinfoSubject: profile.id };
}
