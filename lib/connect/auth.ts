import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import NextAuth, { customFetch, type Account, type NextAuthConfig, type Profile } from "next-auth";

import { epochSeconds, secondsFromNow } from "#lib/clock.ts";
import type { AdminUser } from "#lib/connect/admin/admin-user.ts";
import { recordAttempt } from "#lib/connect/audit/attempts/store.ts";
import { auditOrigin } from "#lib/connect/audit/audit-origin.ts";
import { becomeAdministratorByAddress } from "#lib/connect/roles/environment/store.ts";
import { readVerifiedAddress } from "#lib/connect/roles/environment/read-verified-address.ts";
import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { findIssuer } from "#lib/connect/cloud/discover-issuer.ts";
import { rememberDiscovery } from "#lib/connect/cloud/remember-discovery.ts";
import { firstScopes } from "#lib/connect/cloud/scopes.ts";
import { problemPath } from "#lib/connect/connection-problems/explain.ts";
import { noticeProblem, noticingProblems } from "#lib/connect/connection-problems/problem.ts";
import Legrand, { readClaim } from "#lib/connect/legrand-provider.ts";
import { saveConnection } from "#lib/connect/linked-accounts/store.ts";
import { readRequestedScopes } from "#lib/connect/requested-scopes.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { readRefreshLifetime, readScopes } from "#lib/connect/tokens/parse-token-response.ts";
import { REFRESH_TOKEN_LIFETIME_SECONDS } from "#lib/connect/tokens/token-lifetimes.ts";
import { userAdapter } from "#lib/connect/users/store.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";
import { showEmail } from "#lib/email-address.ts";
import { env } from "#lib/env.ts";
import { countConnection } from "#lib/metrics.ts";

/** Whether the person is to be recognised by an id_token (`openid`), or by their homes. */
type Recognition = "openid" | "plants";

/** Sends what a sign-in asks of Legrand. It looks discovery up three times, once after the code was spent: memory answers. */
const askLegrand = rememberDiscovery(cloudFetch);

async function provider(recognition: Recognition) {
  const { clientId, clientSecret, authorizeUrl, tokenUrl, apiUrl, subscriptionKey } = env().legrand;
  const issuer = await findIssuer();
  const scopes = firstScopes(issuer !== null);
  const common = { clientId, clientSecret, apiUrl, fetch: askLegrand, ...(scopes ? { scopes } : {}) };
  if (issuer && recognition === "openid") return Legrand({ ...common, issuer });
  const plain = Legrand({ ...common, authorizeUrl, tokenUrl, ...(subscriptionKey ? { subscriptionKey } : {}) });
  // Without discovery next-auth has to be told which `iss` to expect in the response (RFC 9207).
  return issuer ? { ...plain, issuer } : plain;
}

async function keep(account: Account, userId: string, who: { name?: unknown; email?: unknown }): Promise<void> {
  const granted = readScopes(account.scope);
  const requested = await readRequestedScopes() ?? firstScopes((await findIssuer()) !== null) ?? granted ?? [];
  const expiresAt = account.expires_at;
  const email = readClaim(who.email);
  await saveConnection({
    userId, type: account.type, provider: account.provider, providerAccountId: account.providerAccountId,
    name: readClaim(who.name), email: email && showEmail(email),
    accessToken: account.access_token!, refreshToken: account.refresh_token ?? null, tokenType: account.token_type ?? null,
    accessTokenExpiresAt: expiresAt ? secondsFromNow(expiresAt - epochSeconds()) : null,
    refreshTokenExpiresAt: account.refresh_token ? secondsFromNow(readRefreshLifetime(account.refresh_token_expires_in) ?? REFRESH_TOKEN_LIFETIME_SECONDS) : null,
    requestedScopes: requested, grantedScopes: granted ?? requested,
  });
  countConnection("connected");
}

const cookiePrefix = () => (env().isHttps ? "__Secure-" : "");

/** Whoever signed in with an address of `ADMIN_EMAILS`, which Legrand has verified, may have become an administrator by it. */
async function raise({ provider, providerAccountId, id_token }: Account, profile: unknown): Promise<void> {
  // Only a verified id_token says something about an address: the real cloud has none (decision 0027).
  const address = id_token ? readVerifiedAddress(profile) : null;
  if (!address) return;
  await becomeAdministratorByAddress({
    provider, providerAccountId, address, headers: await headers(), sessionToken: (await cookies()).get(`${cookiePrefix()}authjs.session-token`)?.value ?? null,
  });
}

const nonceCookie = () => `${cookiePrefix()}authjs.nonce`;

async function configure(recognition: Recognition): Promise<NextAuthConfig> {
  return {
    adapter: userAdapter(),
    providers: [{ ...await provider(recognition), [customFetch]: askLegrand }],
    secret: env().authSecret,
    trustHost: true,
    session: { strategy: "database" },
    pages: { signIn: "/connection-error", error: "/connection-error", signOut: "/" },
    logger: { error: noticeProblem, warn: () => {}, debug: () => {} },
    events: {
      // After the first connection as after every later one: next-auth leaves the row of an existing account as it was.
      signIn: async ({ user, account, profile }) => {
        await keep(account!, user.id!, profile as Profile);
        await raise(account!, profile);
      },
    },
  };
}

/** next-auth for whoever is to be recognised by an id_token; a callback knows by the nonce that it was asked for. */
const withOpenId = NextAuth(async (request) =>
  configure(request?.nextUrl.pathname.includes("/callback/") && !request.cookies.has(nonceCookie()) ? "plants" : "openid"));
const withPlants = NextAuth(() => configure("plants"));

/** next-auth's route handlers. */
export const { handlers } = withOpenId;

/**
 * Begins an authorization request in this browser. Returns the address at Legrand that the browser goes to next, or the page
 * that explains why there is none; `returnTo` is the page of ours after a success. Throws when the database does not answer.
 */
export async function startConnecting(recognition: Recognition, parameters: Record<string, string>, returnTo = "/account"): Promise<string> {
  if (recognition === "plants") (await cookies()).delete(nonceCookie());
  const { signIn } = recognition === "openid" ? withOpenId : withPlants;
  const { result, problem } = await noticingProblems(null, () =>
    signIn("legrand", { redirect: false, redirectTo: returnTo }, parameters) as Promise<string>);
  return problem ? problemPath(problem) : result;
}

/** Ends the browser's session with Connect. Throws, and ends nothing, when the database does not answer. */
export async function signOut(): Promise<void> {
  await noticingProblems(null, () => withOpenId.signOut({ redirect: false }));
}

/** The signed-in user, or null. Throws when the database does not answer: nobody knows then who is signed in. */
export async function findUser(): Promise<SignedInUser | null> {
  const { result: session } = await noticingProblems(null, () => withOpenId.auth());
  // With sessions in the database this is the user's whole row, as it is now.
  const row: UserRow | undefined = session?.user;
  if (!row?.id) return null;
  const { id: userId, name, email, role } = row;
  // A name is whatever somebody chose, "admin@example.com" too: the audit log must not take it for an address.
  const who = { userId, name: name ?? null, label: email ?? (name ? `“${name}”, no e-mail address` : userId) };
  return { ...who, admin: role ? ({ ...who, role } as AdminUser) : null } as SignedInUser;
}

type UserRow = { id?: string; name?: string | null; email?: string | null; role?: AdminRole | null };

/** The signed-in user; whoever is not signed in is sent to the start page. */
export async function requireUser(): Promise<SignedInUser> {
  return (await findUser()) ?? redirect("/");
}

/** The signed-in administrator or auditor, or null. That somebody else who is signed in tried is in the audit log. */
export async function findAdmin(): Promise<AdminUser | null> {
  const user = await findUser();
  if (user && !user.admin) await recordAttempt(auditOrigin(user, await headers()), "admin.enter");
  return user?.admin ?? null;
}

/** The signed-in administrator or auditor; to everybody else there is no such page (404). */
export async function requireAdmin(): Promise<AdminUser> {
  return (await findAdmin()) ?? notFound();
}
