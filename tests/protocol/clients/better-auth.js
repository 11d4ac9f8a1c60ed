import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { genericOAuth } from "better-auth/plugins";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  let handle;
  const origin = await serve((request, response) => void handle(request, response));
  const { clientId, clientSecret } = await register(`${origin}/api/auth/callback/legrand`);
  const rows = { user: [], session: [], account: [], verification: [] };
  const auth = betterAuth({
    baseURL: origin,
    secret: "a secret of this program with 32 characters",
    database: memoryAdapter(rows),
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: "legrand",
            discoveryUrl: `${issuer}/.well-known/openid-configuration`,
            clientId,
            clientSecret,
            pkce: true,
            scopes: ["openid", "email", "profile", "topology.read", "comfort.read"],
          },
        ],
      }),
    ],
  });
  handle = toNodeHandler(auth);
  await person.send(`${origin}/api/auth/sign-in/social`, {
    provider: "legrand",
    callbackURL: "/api/auth/ok",
  });
  const [{ id, accessToken, accountId }] = rows.account;
  const refreshed = JSON.parse(
    (await person.send(`${origin}/api/auth/refresh-token`, { accountId: id })).text,
  );
  return { accessToken, refreshedAccessToken: refreshed.accessToken, idTokenSubject: accountId };
}
