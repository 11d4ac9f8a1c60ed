import nextAuth from "next-auth";

const NextAuth = nextAuth.default ?? nextAuth;

function parseCookies(header) {
  const pairs = header
    .split("; ")
    .filter(Boolean)
    .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
  return Object.fromEntries(pairs.map(([name, value]) => [name, decodeURIComponent(value)]));
}

/** @type {import("../compatibility/program.ts").Flow} */
export default async function connect({ issuer, register, person, serve }) {
  let outcome;
  let options;
  const origin = await serve(async (request, response) => {
    const url = new URL(request.url, origin);
    const chunks = await Array.fromAsync(request);
    // What Next adds to the request and the answer of an API route.
    Object.assign(request, {
      query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split("/").slice(3) },
      cookies: parseCookies(request.headers.cookie ?? ""),
      body: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    });
    Object.assign(response, {
      status: (code) => {
        response.statusCode = code;
        return response;
      },
      json: (body) => response.end(JSON.stringify(body)),
      send: (body) => response.end(typeof body === "string" ? body : JSON.stringify(body)),
    });
    await NextAuth(request, response, options);
  });
  const { clientId, clientSecret } = await register(`${origin}/api/auth/callback/legrand`);
  process.env.NEXTAUTH_URL = origin;
  options = {
    secret: "a secret of this program",
    logger: {
      error: (_code, error) => {
        outcome ??= { error };
      },
      warn: () => {},
    },
    providers: [
      {
        id: "legrand",
        name: "Legrand",
        type: "oauth",
        wellKnown: `${issuer}/.well-known/openid-configuration`,
        idToken: true,
        clientId,
        clientSecret,
        checks: ["pkce", "state", "nonce"],
        authorization: { params: { scope: "openid topology.read comfort.read" } },
        profile: ({ sub }) => ({ id: sub }),
      },
    ],
    callbacks: {
      jwt: ({ token, account, profile }) => {
        if (account) outcome = { account, profile };
        return token;
      },
    },
  };
  const { csrfToken } = JSON.parse((await person.read(`${origin}/api/auth/csrf`)).text);
  await person.send(
    `${origin}/api/auth/signin/legrand`,
    new URLSearchParams({ csrfToken, callbackUrl: `${origin}/api/auth/session` }),
  );
  const { account, profile, error } = outcome;
  if (error) throw error.error ?? error;
  return { accessToken: account.access_token, idTokenSubject: profile.sub };
}
