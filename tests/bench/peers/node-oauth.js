// @node-oauth/oauth2-server: a library with a model that the application writes. Opaque tokens.
import OAuth2Server from "@node-oauth/oauth2-server";

import { openStore } from "./plain-store.js";
import { readBody, servePeer } from "./serve-peer.js";

const DAY = 24 * 60 * 60;

const toClient = ({ id, reply_urls: redirectUris }) => ({
  id,
  redirectUris,
  grants: ["authorization_code", "refresh_token"],
});

/** The model, as the library's documentation describes it, on the tables of plain-store.js. */
const modelOf = (store) => ({
  getClient: async (id, secret) => {
    const found = await store.findClient(id);
    return found && (secret === null || secret === found.secret) ? toClient(found) : null;
  },
  saveAuthorizationCode: async (code, client, user) => {
    await store.saveCode({
      code: code.authorizationCode,
      clientId: client.id,
      userId: user.id,
      redirectUri: code.redirectUri,
      scope: code.scope,
      expiresAt: code.expiresAt,
    });
    return { ...code, client, user };
  },
  getAuthorizationCode: async (code) => {
    const found = await store.findCode(code);
    return found && !found.is_revoked
      ? {
          authorizationCode: code,
          expiresAt: found.expires_at,
          redirectUri: found.redirect_uri,
          scope: found.scope,
          client: { id: found.client_id },
          user: { id: found.user_id },
        }
      : null;
  },
  revokeAuthorizationCode: ({ authorizationCode }) => store.revokeCode(authorizationCode),
  saveToken: async (token, client, user) => {
    await store.saveToken({
      accessToken: token.accessToken,
      refreshToken: token.refreshToken,
      clientId: client.id,
      userId: user.id,
      scope: token.scope,
      expiresAt: token.accessTokenExpiresAt,
      refreshExpiresAt: token.refreshTokenExpiresAt,
      code: token.authorizationCode ?? null,
    });
    return { ...token, client, user };
  },
  getRefreshToken: async (refreshToken) => {
    const found = await store.findToken(refreshToken);
    return found && !found.is_revoked
      ? {
          refreshToken,
          refreshTokenExpiresAt: found.refresh_expires_at,
          scope: found.scope,
          client: { id: found.client_id },
          user: { id: found.user_id },
        }
      : null;
  },
  revokeToken: ({ refreshToken }) => store.revokeToken(refreshToken),
  // The library asks for it when the server is made. Only an API would call it.
  getAccessToken: async () => null,
});

servePeer(async (setup) => {
  const store = await openStore(setup);
  const server = new OAuth2Server({
    model: modelOf(store),
    accessTokenLifetime: 3600,
    refreshTokenLifetime: 90 * DAY,
    authorizationCodeLifetime: 60,
  });
  const authenticateHandler = {
    handle: async ({ headers }) => {
      const id = await store.findUserId(headers.cookie);
      return id ? { id } : null;
    },
  };
  const handle = async (request) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const asked = new OAuth2Server.Request({
      headers: request.headers,
      method: request.method,
      query: Object.fromEntries(searchParams),
      body: await readBody(request),
    });
    const answered = new OAuth2Server.Response();
    await (pathname === "/token"
      ? server.token(asked, answered)
      : server.authorize(asked, answered, { authenticateHandler }));
    return answered;
  };
  return {
    sessions: store.sessions,
    answer: (request, response) => {
      handle(request).then(
        ({ status, headers, body }) =>
          response
            .writeHead(status, { ...headers, "content-type": "application/json" })
            .end(JSON.stringify(body)),
        (error) => response.writeHead(error.code ?? 500).end(String(error)),
      );
    },
  };
});
