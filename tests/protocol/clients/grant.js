import express from "express";
import session from "express-session";
import grant from "grant";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  const app = express();
  const origin = await serve(app);
  const { clientId, clientSecret } = await register(`${origin}/connect/legrand/callback`);
  app.use(session({ secret: "a secret of this program", resave: false, saveUninitialized: true }));
  app.use(
    grant.express({
      defaults: { origin, transport: "session", state: true },
      legrand: {
        oauth: 2,
        authorize_url: `${issuer}/authorize`,
        access_url: `${issuer}/token`,
        key: clientId,
        secret: clientSecret,
        callback: "/done",
      },
    }),
  );
  app.get("/done", (request, response) => {
    response.json(request.session.grant.response);
  });
  const { access_token: accessToken, error } = JSON.parse(
    (await person.read(`${origin}/connect/legrand`)).text,
  );
  if (error) throw new Error(JSON.stringify(error));
  return { accessToken };
}
