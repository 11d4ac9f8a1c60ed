import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

import Provider, { errors, type Configuration, type KoaContextWithOIDC } from "oidc-provider";

import { env } from "#lib/env.ts";
import { createAdapter } from "#lib/legrand/authorization-server/adapter.ts";
import { applyClientRules } from "#lib/legrand/authorization-server/client-rules.ts";
import { findOidcAccount, loadExistingGrant } from "#lib/legrand/authorization-server/find-oidc-account.ts";
import {
  createInteractionPolicy,
  PROMPTS,
  refuseUnknownAction,
} from "#lib/legrand/authorization-server/interaction-policy.ts";
import {
  ACCESS_TOKEN_LIFETIME_SECONDS,
  AUTHORIZATION_CODE_LIFETIME_SECONDS,
  INTERACTION_LIFETIME_SECONDS,
  SESSION_LIFETIME_SECONDS,
} from "#lib/legrand/authorization-server/lifetimes.ts";
import { refreshLifetime } from "#lib/legrand/grants/refresh-lifetime.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { getSigningKeys } from "#lib/legrand/authorization-server/signing-keys.store.ts";
import { GRANT_MANAGEMENT_ACTIONS } from "#lib/legrand/grants/grant-management.ts";
import { sandboxCookieName } from "#lib/legrand/sandbox-cookie.ts";
import { SCOPES } from "#lib/legrand/scopes.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";

/** Keeps an error that must not reach the client for the page that the route shows (RFC 6749 §4.1.2.1). */
function keepShownError(ctx: KoaContextWithOIDC, out: { error: string; error_description?: string }): void {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  requestScope().shownError = {
    error: out.error,
    description: out.error_description ?? "",
    clientId: ctx.oidc.client?.clientId ?? null,
    redirectUri: text(ctx.query.redirect_uri),
  };
  ctx.body = out;
}

/**
 * Remembers the redirect URI as the client sent it, because the library normalizes the URL of its
 * authorization response.
 */
function rememberRedirectUri({ oidc, query }: KoaContextWithOIDC): void {
  const redirectUri = (oidc.params ?? query).redirect_uri;
  if (typeof redirectUri === "string") requestScope().redirectUri = redirectUri;
}

/**
 * Returns the lifetime of a new refresh token, in seconds. Throws `InvalidGrant` if the token's absolute end
 * passed while this request was running. In that case, nothing is marked as spent: otherwise a second attempt
 * would look like the reuse of a token.
 */
function refreshTokenLifetime(_ctx: unknown, token: { iiat?: unknown }): number {
  const seconds = refreshLifetime(token);
  if (seconds > 0) return seconds;
  Object.assign(requestScope().writes, { spent: [], finished: [] });
  throw new errors.InvalidGrant("refresh token is expired");
}

async function configuration(): Promise<Configuration> {
  return {
    adapter: createAdapter,
    jwks: { keys: await getSigningKeys() },
    findAccount: findOidcAccount,
    loadExistingGrant,
    extraParams: { grant_management_action: refuseUnknownAction },
    discovery: {
      grant_management_actions_supported: GRANT_MANAGEMENT_ACTIONS,
      prompt_values_supported: PROMPTS,
    },
    renderError: keepShownError,
    scopes: SCOPES.map((scope) => scope.name),
    claims: {
      openid: ["sub"],
      profile: ["name", "given_name", "family_name"],
      email: ["email", "email_verified"],
    },
    // Real Legrand clients read the user's identity from the id_token, because the real cloud has no
    // userinfo.
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_post", "client_secret_basic", "none"],
    clientBasedCORS: () => true,
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => false },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    // Revoking either token revokes the whole grant, because both tokens belong to one grant (decision 4).
    revokeGrantPolicy: () => true,
    // An application keeps its access after the sandbox session ends.
    expiresWithSession: async () => false,
    ttl: LIFETIMES,
    interactions: {
      policy: createInteractionPolicy(),
      url: (_ctx, interaction) => `/legrand/interaction/${interaction.uid}`,
    },
    cookies: describeCookies(),
    routes: ROUTES,
    features: FEATURES,
  };
}

const LIFETIMES: Configuration["ttl"] = {
  AccessToken: ACCESS_TOKEN_LIFETIME_SECONDS,
  AuthorizationCode: AUTHORIZATION_CODE_LIFETIME_SECONDS,
  IdToken: ACCESS_TOKEN_LIFETIME_SECONDS,
  Interaction: INTERACTION_LIFETIME_SECONDS,
  RefreshToken: refreshTokenLifetime,
  Session: SESSION_LIFETIME_SECONDS,
};

function describeCookies(): Configuration["cookies"] {
  const cookie = { signed: true, httpOnly: true, sameSite: "lax" as const, overwrite: true };
  return {
    keys: env().sandbox!.cookieKeys,
    names: {
      interaction: sandboxCookieName("interaction"),
      resume: sandboxCookieName("resume"),
      session: sandboxCookieName("session"),
    },
    long: { ...cookie, path: "/legrand" },
    short: cookie,
  };
}

const ROUTES: Configuration["routes"] = {
  authorization: "/authorize",
  token: "/token",
  jwks: "/jwks",
  userinfo: "/userinfo",
  revocation: "/revoke",
  introspection: "/introspect",
};

/** An application can revoke and introspect its own tokens only. */
const OF_ITS_OWN_TOKENS = {
  enabled: true,
  allowedPolicy: (_ctx: unknown, client: { clientId: string }, token: { clientId?: string }) =>
    token.clientId === client.clientId,
};

const FEATURES: Configuration["features"] = {
  devInteractions: { enabled: false },
  dPoP: { enabled: false },
  introspection: OF_ITS_OWN_TOKENS,
  pushedAuthorizationRequests: { enabled: false },
  resourceIndicators: { enabled: false },
  revocation: OF_ITS_OWN_TOKENS,
  rpInitiatedLogout: { enabled: false },
  userinfo: { enabled: true },
};

// Routes, pages and actions may each have their own copy of this module, but the process has one
// authorization server.
const shared = oncePerProcess<{ server?: Promise<AuthorizationServer> }>("authorization-server", () => ({}));

/**
 * What the library answered, before anything is sent. `body` is a text, or a value that is sent as JSON, or
 * null.
 */
export type LibraryAnswer = { status: number; headers: OutgoingHttpHeaders; body: unknown };

/** The library's provider, and the function that lets it answer a request without sending the answer. */
export type AuthorizationServer = {
  provider: Provider;
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<LibraryAnswer>;
  /** The metadata and keys that were answered, by path. They change only with the provider. */
  metadata: Map<string, LibraryAnswer>;
};

/** Remembers why the library refused a request. Its answer is less exact, because a stranger reads it too. */
function rememberRefusal(_ctx: unknown, refused: errors.OIDCProviderError): void {
  const { error, error_detail: detail, error_description: description, cause } = refused;
  const texts = [cause instanceof Error ? cause.message : detail, description];
  requestScope().refusal = { error, detail: texts.filter(Boolean).join(" ") };
}

async function create(): Promise<AuthorizationServer> {
  const provider = new Provider(env().sandbox!.issuer, await configuration());
  applyClientRules(provider);
  provider.on("server_error", (_ctx, error) => {
    requestScope().failure = error;
  });
  provider.on("authorization.success", rememberRedirectUri);
  provider.on("authorization.error", rememberRedirectUri);
  provider.on("authorization.error", rememberRefusal);
  provider.on("grant.error", rememberRefusal);
  provider.on("introspection.error", rememberRefusal);
  provider.on("revocation.error", rememberRefusal);
  provider.on("userinfo.error", rememberRefusal);
  return { provider, answer: holdAnswers(provider), metadata: new Map() };
}

/**
 * Keeps the library from sending its answers, because what it decided is written first (decision 3). Returns
 * the function that answers a request.
 */
function holdAnswers(provider: Provider): AuthorizationServer["answer"] {
  const held = new WeakMap<ServerResponse, Promise<LibraryAnswer>>();
  provider.use(async (ctx, next) => {
    ctx.respond = false;
    const answer = next().then(() => ({
      status: ctx.status,
      headers: ctx.res.getHeaders(),
      body: ctx.body as unknown,
    }));
    held.set(ctx.res, answer);
    await Promise.allSettled([answer]);
  });
  const handle = provider.callback();
  return async (request, response) => {
    await handle(request, response);
    return held.get(response)!;
  };
}

/**
 * Returns the authorization server of this process. Rejects if the database cannot be read; the next call
 * tries again.
 */
export function getAuthorizationServer(): Promise<AuthorizationServer> {
  return (shared.server ??= create().catch((error: unknown) => {
    delete shared.server;
    throw error;
  }));
}
