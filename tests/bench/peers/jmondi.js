// @jmondi/oauth2-server: a library with repositories that the application writes. Codes and tokens are JWTs,
// signed with a shared secret (HS256), with the identifier of a row inside.
import { randomBytes } from "node:crypto";

import { AuthorizationServer, DateInterval, generateRandomToken } from "@jmondi/oauth2-server";
import { handleVanillaError } from "@jmondi/oauth2-server/vanilla";

import { openStore } from "./plain-store.js";
import { readBody, servePeer } from "./serve-peer.js";

const CODE_LIFETIME = new DateInterval("1m");
const ACCESS_LIFETIME = new DateInterval("1h");
const REFRESH_LIFETIME = new DateInterval("90d");

const toScopes = (names) => names.map((name) => ({ name }));
const toNames = (scopes) => scopes.map(({ name }) => name);

function clientRepository(store, scope) {
  const find = async (id) => {
    const found = await store.findClient(id);
    return {
      id,
      name: "Bench",
      secret: found?.secret,
      redirectUris: found?.reply_urls ?? [],
      allowedGrants: ["authorization_code", "refresh_token"],
      scopes: toScopes(scope.split(" ")),
    };
  };
  return {
    getByIdentifier: find,
    isClientValid: async (_grant, client, secret) => Boolean(secret) && client.secret === secret,
  };
}

const codeRepository = (store, clients) => ({
  issueAuthCode: (client, user, scopes) => ({
    code: generateRandomToken(),
    redirectUri: null,
    expiresAt: CODE_LIFETIME.getEndDate(),
    user,
    client,
    scopes,
  }),
  persist: ({ code, client, user, redirectUri, scopes, expiresAt }) =>
    store.saveCode({
      code,
      clientId: client.id,
      userId: user.id,
      redirectUri,
      scope: toNames(scopes),
      expiresAt,
    }),
  getByIdentifier: async (code) => {
    const found = await store.findCode(code);
    return {
      code,
      redirectUri: found.redirect_uri,
      expiresAt: found.expires_at,
      user: { id: found.user_id },
      client: await clients.getByIdentifier(found.client_id),
      scopes: toScopes(found.scope),
    };
  },
  isRevoked: async (code) => (await store.findCode(code))?.is_revoked ?? true,
  revoke: async (code) => void (await store.revokeCode(code)),
});

const tokenRepository = (store, clients) => ({
  issueToken: async (client, scopes, user) => ({
    accessToken: generateRandomToken(),
    accessTokenExpiresAt: ACCESS_LIFETIME.getEndDate(),
    client,
    user,
    scopes,
  }),
  // The library has stored the access token before, so the refresh token goes into its row.
  issueRefreshToken: async (token) => {
    token.refreshToken = generateRandomToken();
    token.refreshTokenExpiresAt = REFRESH_LIFETIME.getEndDate();
    await store.updateRefreshToken(token.accessToken, token.refreshToken, token.refreshTokenExpiresAt);
    return token;
  },
  persist: (token) =>
    store.saveToken({
      accessToken: token.accessToken,
      refreshToken: token.refreshToken ?? null,
      clientId: token.client.id,
      userId: token.user.id,
      scope: toNames(token.scopes),
      expiresAt: token.accessTokenExpiresAt,
      refreshExpiresAt: token.refreshTokenExpiresAt ?? null,
      code: token.originatingAuthCodeId ?? null,
    }),
  revoke: async ({ refreshToken }) => void (await store.revokeToken(refreshToken)),
  isRefreshTokenRevoked: async ({ refreshToken }) =>
    (await store.findToken(refreshToken))?.is_revoked ?? true,
  getByRefreshToken: async (refreshToken) => {
    const found = await store.findToken(refreshToken);
    return {
      accessToken: found.access_token,
      accessTokenExpiresAt: found.expires_at,
      refreshToken,
      refreshTokenExpiresAt: found.refresh_expires_at,
      client: await clients.getByIdentifier(found.client_id),
      user: { id: found.user_id },
      scopes: toScopes(found.scope),
    };
  },
});

const scopeRepository = {
  getAllByIdentifiers: async (names) => toScopes(names),
  finalize: async (scopes) => scopes,
};

servePeer(async (setup) => {
  const store = await openStore(setup);
  const clients = clientRepository(store, setup.scope);
  const server = new AuthorizationServer(
    clients,
    tokenRepository(store, clients),
    scopeRepository,
    randomBytes(32).toString("hex"),
    { requiresPKCE: false },
  );
  const userRepository = { getUserByCredentials: async (id) => ({ id }) };
  server.enableGrantTypes(
    [
      { grant: "authorization_code", authCodeRepository: codeRepository(store, clients), userRepository },
      ACCESS_LIFETIME,
    ],
    ["refresh_token", ACCESS_LIFETIME],
  );
  const authorize = async (asked) => {
    const authorization = await server.validateAuthorizationRequest(asked);
    authorization.user = { id: await store.findUserId(asked.headers.cookie) };
    authorization.isAuthorizationApproved = true;
    return server.completeAuthorizationRequest(authorization);
  };
  const handle = async (request) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const asked = {
      headers: request.headers,
      query: Object.fromEntries(searchParams),
      body: await readBody(request),
    };
    return pathname === "/token" ? server.respondToAccessTokenRequest(asked) : authorize(asked);
  };
  return {
    sessions: store.sessions,
    answer: (request, response) => {
      handle(request)
        .catch((error) => handleVanillaError(error))
        .then(({ status, headers, body }) =>
          response
            .writeHead(status, { ...headers, "content-type": "application/json" })
            .end(JSON.stringify(body)),
        );
    },
  };
});
