import { Auth } from "@auth/core";

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  let outcome;
  let config;
  const origin = await serve(async (request, response) => {
    const chunks = await Array.fromAsync(request);
    const answer = await Auth(
      new Request(origin + request.url, {
        method: request.method,
        headers: request.headers,
        ...(request.method === "POST" ? { body: Buffer.concat(chunks) } : {}),
      }),
      config,
    );
    response.writeHead(answer.status, {
      ...Object.fromEntries(answer.headers),
      "set-cookie": answer.headers.getSetCookie(),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const { clientId, clientSecret } = await register(`${origin}/auth/callback/legrand`);
  config = {
    basePath: "/auth",
    secret: "a secret of this program",
    trustHost: true,
    logger: {
      error: (error) => {
        outcome ??= { error };
      },
    },
    providers: [
      {
        id: "legrand",
        name: "Legrand",
        type: "oidc",
        issuer,
        clientId,
        clientSecret,
        checks: ["pkce", "state", "nonce"],
        authorization: { params: { scope: "openid topology.read comfort.read" } },
        client: { token_endpoint_auth_method: "client_secret_post" },
      },
    ],
    callbacks: {
      jwt: ({ token, account, profile }) => {
        if (account) outcome = { account, profile };
        return token;
      },
    },
  };
  const { csrfToken } = JSON.parse((await person.read(`${origin}/auth/csrf`)).text);
  await person.send(
    `${origin}/auth/signin/legrand`,
    new URLSearchParams({ csrfToken, callbackUrl: `${origin}/auth/session` }),
  );
  const { account, profile, error } = outcome;
  if (error) throw error;
  return { accessToken: account.access_token, idTokenSubject: profile.sub };
}
