// better-auth with its OAuth provider plugin: sessions, clients, codes and tokens in its own tables. People sign
// up through its API; the client needs no consent.
import { randomBytes } from "node:crypto";

import { oauthProvider } from "@better-auth/oauth-provider";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { jwt } from "better-auth/plugins";
import pg from "pg";

import { servePeer } from "./serve-peer.js";

/** As many connections as this application has by default. */
const POOL_SIZE = 10;

const makeAuth = ({ databaseUrl, scope }, baseURL) =>
  betterAuth({
    baseURL,
    secret: randomBytes(32).toString("hex"),
    database: new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE }),
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    disabledPaths: ["/token"],
    plugins: [
      jwt(),
      oauthProvider({
        loginPage: "/sign-in",
        consentPage: "/consent",
        // A refresh token is only issued with the scope offline_access.
        scopes: [...scope.split(" "), "offline_access"],
      }),
    ],
  });

async function signUp(auth, number) {
  const { headers } = await auth.api.signUpEmail({
    body: { email: `bench-${number}@example.com`, password: randomBytes(16).toString("hex"), name: "Bench" },
    returnHeaders: true,
  });
  return headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

servePeer(async (setup, origin) => {
  const auth = makeAuth(setup, origin);
  await (await getMigrations(auth.options)).runMigrations();
  const sessions = [];
  for (let number = 0; number < setup.people; number++) sessions.push(await signUp(auth, number));
  const client = await auth.api.adminCreateOAuthClient({
    body: {
      client_name: "Bench",
      redirect_uris: [setup.replyUrl],
      token_endpoint_auth_method: "client_secret_post",
      grant_types: ["authorization_code", "refresh_token"],
      scope: `${setup.scope} offline_access`,
      skip_consent: true,
    },
    headers: new Headers({ cookie: sessions[0] }),
  });
  return {
    answer: toNodeHandler(auth),
    sessions,
    issuer: "/api/auth/oauth2",
    clientId: client.client_id,
    clientSecret: client.client_secret,
    scope: `${setup.scope} offline_access`,
  };
});
