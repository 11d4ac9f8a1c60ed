import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import NextAuth, { customFetch, type Account, type NextAuthConfig, type Profile } from "next-auth";

import { epochSeconds, now, secondsFromNow } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import { recordAttempt } from "#lib/connect/audit/attempts.store.ts";
import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import { becomeAdministratorByAddress } from "#lib/connect/roles/environment.store.ts";
import { readVerifiedAddress } from "#lib/connect/roles/read-verified-address.ts";
import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { findExpectedIss, findIssuer } from "#lib/connect/cloud/metadata.ts";
import { cacheDiscovery } from "#lib/connect/cloud/cache-discovery.ts";
import { firstScopes } from "#lib/connect/cloud/scopes.ts";
import { authCookies, sessionCookie } from "#lib/connect/flows/auth-cookies.ts";
import { renameFlowCookies } from "#lib/connect/flows/rename-flow-cookies.ts";
import { problemPath } from "#lib/connect/problems/explain.ts";
import { captureTokens } from "#lib/connect/problems/issued-tokens.ts";
import { handleAuthError, catchProblem } from "#lib/connect/problems/problem.ts";
import Legrand, { readClaim } from "#lib/connect/legrand-provider.ts";
import { saveConnection } from "#lib/connect/linked-accounts/store.ts";
import { readRequestedScopes } from "#lib/connect/flows/requested-scopes.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { readRefreshLifetime, readScopes } from "#lib/connect/tokens/parse-token-response.ts";
import { ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/sealed-tokens/token-lifetimes.ts";
import { userAdapter } from "#lib/connect/users/store.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";
import { showEmail } from "#lib/email-address.ts";
import { env } from "#lib/env.ts";
import { countConnection } from "#lib/metrics.ts";

/**
 * Sends the requests of a sign-in to Legrand. A sign-in looks up discovery three times, once of them after
 * the code was spent, so discovery is cached.
 */
const askLegrand = captureTokens(cacheDiscovery(cloudFetch));

async function provider() {
  const { clientId, clientSecret, authorizeUrl, tokenUrl, apiUrl, subscriptionKey } = env().legrand;
  const issuer = await findIssuer();
  const scopes = firstScopes(issuer !== null);
  const common = { clientId, clientSecret, apiUrl, fetch: askLegrand, ...(scopes ? { scopes } : {}) };
  if (issuer) return Legrand({ ...common, issuer });
  const expectedIss = await findExpectedIss();
  return Legrand({
    ...common,
    authorizeUrl,
    tokenUrl,
    ...(subscriptionKey ? { subscriptionKey } : {}),
    ...(expectedIss ? { expectedIss } : {}),
  });
}

async function storeConnection(
  account: Account,
  userId: string,
  who: { name?: unknown; email?: unknown },
): Promise<void> {
  const granted = readScopes(account.scope);
  const requested = readRequestedScopes() ?? firstScopes((await findIssuer()) !== null) ?? granted ?? [];
  const expiresAt = account.expires_at;
  const email = readClaim(who.email);
  await saveConnection({
    userId,
    type: account.type,
    provider: account.provider,
    providerAccountId: account.providerAccountId,
    name: readClaim(who.name),
    email: email && showEmail(email),
    accessToken: account.access_token!,
    refreshToken: account.refresh_token ?? null,
    tokenType: account.token_type ?? null,
    accessTokenExpiresAt: expiresAt ? secondsFromNow(expiresAt - epochSeconds()) : null,
    refreshTokenExpiresAt: account.refresh_token
      ? secondsFromNow(
          readRefreshLifetime(account.refresh_token_expires_in) ?? ASSUMED_REFRESH_TOKEN_LIFETIME_SECONDS,
        )
      : null,
    requestedScopes: requested,
    grantedScopes: granted ?? requested,
    scopesKnownAt: granted && now(),
  });
  countConnection("connected");
}

/**
 * Gives the administrator role to a user who signed in with an address of `ADMIN_EMAILS`. Legrand must have
 * verified the address; further conditions are in `becomeAdministratorByAddress`.
 */
async function grantRoleByAddress(
  { provider, providerAccountId, id_token }: Account,
  profile: unknown,
): Promise<void> {
  // Only a verified id_token proves an address; the real cloud sends no id_token (decision 0027).
  const address = id_token ? readVerifiedAddress(profile) : null;
  if (!address) return;
  await becomeAdministratorByAddress({
    provider,
    providerAccountId,
    address,
    headers: await headers(),
    sessionToken: (await cookies()).get(sessionCookie())?.value ?? null,
  });
}

async function configure(): Promise<NextAuthConfig> {
  return {
    adapter: userAdapter(),
    providers: [{ ...(await provider()), [customFetch]: askLegrand }],
    secret: env().authSecret,
    trustHost: true,
    cookies: authCookies(),
    session: { strategy: "database" },
    pages: { signIn: "/connection-error", error: "/connection-error", signOut: "/" },
    logger: { error: handleAuthError, warn: () => {}, debug: () => {} },
    events: {
      // Runs after the first connection and after every later one. On its own, next-auth does not update the
      // row of an existing account.
      signIn: async ({ user, account, profile }) => {
        await storeConnection(account!, user.id!, profile as Profile);
        await grantRoleByAddress(account!, profile);
      },
    },
  };
}

const nextAuth = NextAuth(configure);

/** next-auth's route handlers. */
export const { handlers } = nextAuth;

/**
 * Starts an authorization request in this browser. Returns the URL at Legrand that the browser goes to next,
 * or the path of the page that explains the problem. Throws if the database does not answer.
 */
export async function startConnecting(parameters: Record<string, string>): Promise<string> {
  const { result, problem } = await catchProblem(
    null,
    () =>
      nextAuth.signIn("legrand", { redirect: false, redirectTo: "/account" }, parameters) as Promise<string>,
  );
  await renameFlowCookies(problem ? null : result);
  return problem ? problemPath(problem) : result;
}

/** Ends the browser's session with Connect. If the database does not answer, throws and ends nothing. */
export async function signOut(): Promise<void> {
  await catchProblem(null, () => nextAuth.signOut({ redirect: false }));
  await renameFlowCookies(null);
}

/**
 * Returns the signed-in user, or null. Throws if the database does not answer, because it is then unknown who
 * is signed in.
 */
export async function findUser(): Promise<SignedInUser | null> {
  const { result: session } = await catchProblem(null, () => nextAuth.auth());
  // With database sessions, this is the complete, current row of the user.
  const row: UserRow | undefined = session?.user;
  if (!row?.id) return null;
  const { id: userId, name, email, role } = row;
  // A user can choose any name, even "admin@example.com". The quotation marks keep it from looking like an
  // address in the audit log.
  const who = {
    userId,
    name: name ?? null,
    label: email ?? (name ? `“${name}”, no e-mail address` : userId),
  };
  return { ...who, admin: role ? ({ ...who, role } as AdminUser) : null } as SignedInUser;
}

type UserRow = { id?: string; name?: string | null; email?: string | null; role?: AdminRole | null };

/**
 * Returns the signed-in user. Without a session, redirects to the account page, which says that an account
 * has to be connected first.
 */
export async function requireUser(): Promise<SignedInUser> {
  return (await findUser()) ?? redirect("/account");
}

/**
 * Returns the signed-in administrator or auditor, or null. If another signed-in user tried, records the
 * attempt in the audit log.
 */
export async function findAdmin(): Promise<AdminUser | null> {
  const user = await findUser();
  if (user && !user.admin) await recordAttempt(auditOrigin(user, await headers()), "admin.enter");
  return user?.admin ?? null;
}

/** Returns the signed-in administrator or auditor. All other visitors get 404. */
export async function requireAdmin(): Promise<AdminUser> {
  return (await findAdmin()) ?? notFound();
}
