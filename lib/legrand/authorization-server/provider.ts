import Provider, { errors, interactionPolicy, type Configuration, type KoaContextWithOIDC } from "oidc-provider";

import { now } from "#lib/clock.ts";
import { env } from "#lib/env.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { findAccount, type Account } from "#lib/legrand/accounts/store.ts";
import { matchSecret } from "#lib/legrand/applications/match-secret.ts";
import { matchesReplyUrl } from "#lib/legrand/applications/matches-reply-url.ts";
import type { Application } from "#lib/legrand/applications/store.ts";
import { createAdapter } from "#lib/legrand/authorization-server/adapter.ts";
import {
  ACCESS_TOKEN_LIFETIME_SECONDS, AUTHORIZATION_CODE_LIFETIME_SECONDS, INTERACTION_LIFETIME_SECONDS,
  REFRESH_TOKEN_LIFETIME_SECONDS, SESSION_LIFETIME_SECONDS,
} from "#lib/legrand/authorization-server/lifetimes.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { getSigningKeys } from "#lib/legrand/authorization-server/signing-keys.ts";
import { GRANT_MANAGEMENT_ACTIONS, REPLACE_GRANT } from "#lib/legrand/grants/grant-management.ts";
import { findGrant, type Grant } from "#lib/legrand/grants/store.ts";
import { parseScope, SCOPES } from "#lib/legrand/scopes.ts";

const SUSPENDED = "the application is suspended; its developer can resume it in the developer portal";

const loadedApplication = (clientId: string) =>
  requestScope().loaded.get(`Client:${clientId}`) as Application | null | undefined;

const isSuspended = (clientId: string | undefined) => clientId !== undefined && loadedApplication(clientId)?.state === "suspended";

/** The person behind a token, with the claims of the identity scopes (OpenID Connect Core §5.4). */
async function findOidcAccount(_ctx: unknown, id: string, token?: { clientId?: string | undefined }) {
  const { loaded } = requestScope();
  const account = loaded.has(`Account:${id}`) ? (loaded.get(`Account:${id}`) as Account | null) : await findAccount(id);
  if (!account || isSuspended(token?.clientId)) return undefined;
  return { accountId: id, claims: (use: string, scope: string) => claimsOf(account, use, scope) };
}

function claimsOf(account: Account, use: string, scope: string) {
  // The library asks whether the token has `openid`; here it is what the grant has still.
  if (use === "userinfo" && !parseScope(scope).includes("openid")) throw new errors.InsufficientScope("openid was taken back", "openid");
  return {
    sub: account.id,
    name: fullName(account), given_name: account.givenName, family_name: account.familyName,
    email: account.email, email_verified: true,
  };
}

/** One grant for a person and an application, found by the pair and not through the browser's session. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { account, client, provider } = ctx.oidc;
  const { loaded } = requestScope();
  const ahead = `GrantOf:${account!.accountId}:${client!.clientId}`;
  const grant = loaded.has(ahead) ? (loaded.get(ahead) as Grant | null) : await findGrant(account!.accountId, client!.clientId);
  if (!grant) return undefined;
  loaded.set(`Grant:${grant.id}`, grant);
  return provider.Grant.find(grant.id);
}

/** Errors that must not reach the client are kept for the page that the route shows (RFC 6749 §4.1.2.1). */
function keepShownError(ctx: KoaContextWithOIDC, out: { error: string; error_description?: string }): void {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  requestScope().shownError = {
    error: out.error, description: out.error_description ?? "",
    clientId: ctx.oidc.client?.clientId ?? null, redirectUri: text(ctx.query.redirect_uri),
  };
  ctx.body = out;
}

/** The library passes over scopes that it does not know; a typing error in a scope should not pass in silence (RFC 6749 §3.3). */
function refuseUnknownScopes(): boolean {
  const unknown = requestScope().unknownScopes;
  if (unknown.length) throw new errors.InvalidScope("requested scope is not known", unknown.join(" "));
  return interactionPolicy.Check.NO_NEED_TO_PROMPT;
}

/** Said to the application, over the person's browser: the reply URL is proven by then (RFC 6749 §4.1.2.1). */
function refuseSuspended(ctx: KoaContextWithOIDC): boolean {
  if (isSuspended(ctx.oidc.client?.clientId)) throw new errors.UnauthorizedClient(SUSPENDED);
  return interactionPolicy.Check.NO_NEED_TO_PROMPT;
}

/** A word for what shall become of the grant, if there is one, has to be understood: passed over, it would do something else. */
function refuseUnknownAction(_ctx: KoaContextWithOIDC, value: string | undefined): void {
  if (value !== undefined && !GRANT_MANAGEMENT_ACTIONS.includes(value)) {
    throw new errors.InvalidRequest(`grant_management_action must be one of ${GRANT_MANAGEMENT_ACTIONS.join(", ")}`);
  }
}

/** Shows what is granted, to be changed, until it was answered: also where nothing new is asked for. */
const askForReview = new interactionPolicy.Check("grant_review", "the grant is to be replaced", "consent_required", ({ oidc }) => {
  const { REQUEST_PROMPT, NO_NEED_TO_PROMPT } = interactionPolicy.Check;
  return oidc.params?.grant_management_action === REPLACE_GRANT && !oidc.result?.consent ? REQUEST_PROMPT : NO_NEED_TO_PROMPT;
});

function policy() {
  const prompts = interactionPolicy.base();
  prompts.get("login")!.checks.add(
    new interactionPolicy.Check("unknown_scope", "requested scope is not known", refuseUnknownScopes), 0);
  prompts.get("login")!.checks.add(new interactionPolicy.Check("suspended", SUSPENDED, refuseSuspended), 0);
  // Consent is asked once for each scope, of a native application too: its reply URL is compared exactly.
  prompts.get("consent")!.checks.remove("native_client_prompt");
  prompts.get("consent")!.checks.add(askForReview);
  return prompts;
}

async function configuration(): Promise<Configuration> {
  const { cookieKeys } = env().sandbox!;
  const cookie = { signed: true, httpOnly: true, sameSite: "lax" as const, overwrite: true };
  return {
    adapter: createAdapter,
    jwks: { keys: await getSigningKeys() },
    findAccount: findOidcAccount,
    loadExistingGrant,
    extraParams: { grant_management_action: refuseUnknownAction },
    discovery: { grant_management_actions_supported: GRANT_MANAGEMENT_ACTIONS },
    renderError: keepShownError,
    scopes: SCOPES.map((scope) => scope.name),
    claims: { openid: ["sub"], profile: ["name", "given_name", "family_name"], email: ["email", "email_verified"] },
    // Real Legrand clients read who connected from the id_token: there is no userinfo on the real cloud.
    conformIdTokenClaims: false,
    responseTypes: ["code"],
    clientAuthMethods: ["client_secret_post", "client_secret_basic", "none"],
    clientBasedCORS: () => true,
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => false },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    // Whichever token is given back: one grant for the pair, and it ends with any of them (decision 4).
    revokeGrantPolicy: () => true,
    // Access given to an application outlasts the sign-in at the sandbox.
    expiresWithSession: async () => false,
    ttl: {
      AccessToken: ACCESS_TOKEN_LIFETIME_SECONDS,
      AuthorizationCode: AUTHORIZATION_CODE_LIFETIME_SECONDS,
      IdToken: ACCESS_TOKEN_LIFETIME_SECONDS,
      Interaction: INTERACTION_LIFETIME_SECONDS,
      RefreshToken: REFRESH_TOKEN_LIFETIME_SECONDS,
      Session: SESSION_LIFETIME_SECONDS,
    },
    interactions: { policy: policy(), url: (_ctx, interaction) => `/legrand/interaction/${interaction.uid}` },
    cookies: {
      keys: cookieKeys,
      names: { interaction: "legrand.interaction", resume: "legrand.resume", session: "legrand.session" },
      long: { ...cookie, path: "/legrand" },
      short: cookie,
    },
    routes: {
      authorization: "/authorize", token: "/token", jwks: "/jwks", userinfo: "/userinfo",
      revocation: "/revoke", introspection: "/introspect",
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: true },
    },
  };
}

/** Exact reply URLs for every type of application, loopback included: bytes, not URLs (Works with Legrand, EXACT). */
function compareReplyUrls(provider: Provider): void {
  provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(value: string) {
    return matchesReplyUrl(loadedApplication(this.clientId)?.replyUrls ?? [], value);
  };
}

/** Several secrets alive at once, known by digest. An expired one is named to whoever presents it. */
function compareSecrets(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as { compareClientSecret: (actual: string) => boolean };
  prototype.compareClientSecret = function compareClientSecret(this: { clientId: string }, actual: string) {
    const match = matchSecret(actual, loadedApplication(this.clientId)?.secrets ?? [], now());
    if (match.result === "match") requestScope().shownSecret = match.digest;
    if (match.result !== "expired") return match.result === "match";
    const error = new errors.InvalidClient(
      `the client secret that ends in ${actual.slice(-4)} expired on ${match.expiredAt.toISOString()}; generate a new one in the developer portal`, "expired");
    throw Object.assign(error, { status: 401, statusCode: 401 });
  };
}

/** Asked of a client that has proven itself: nothing is spent, so that resuming the application loses nothing. */
function refuseSuspendedGrants(provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as { grantTypeAllowed: (this: unknown, type: string) => boolean };
  const original = prototype.grantTypeAllowed;
  prototype.grantTypeAllowed = function grantTypeAllowed(type) {
    if (requestScope().isSuspended) throw new errors.UnauthorizedClient(SUSPENDED);
    return original.call(this, type);
  };
}

// Routes, pages and actions may each get their own copy of this module; the process has one authorization server.
const KEY = Symbol.for("legrand-connect.authorization-server");
const shared = globalThis as { [KEY]?: Promise<AuthorizationServer> };

/** The library's provider and the handler that answers a request with it. */
export type AuthorizationServer = { provider: Provider; answer: ReturnType<Provider["callback"]> };

async function create(): Promise<AuthorizationServer> {
  const provider = new Provider(env().sandbox!.issuer, await configuration());
  compareReplyUrls(provider);
  compareSecrets(provider);
  refuseSuspendedGrants(provider);
  provider.on("server_error", (_ctx, error) => { requestScope().failure = error; });
  return { provider, answer: provider.callback() };
}

/** The authorization server of this process. Rejects when the database cannot be read; the next call tries again. */
export function getAuthorizationServer(): Promise<AuthorizationServer> {
  return (shared[KEY] ??= create().catch((error: unknown) => {
    delete shared[KEY];
    throw error;
  }));
}
