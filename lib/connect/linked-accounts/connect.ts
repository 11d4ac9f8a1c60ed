import { epochSeconds } from "#lib/clock.ts";
import { startConnecting } from "#lib/connect/auth.ts";
import { findIssuer } from "#lib/connect/cloud/discover-issuer.ts";
import { allScopes, firstScopes, MORE_SCOPES, withoutIdentity } from "#lib/connect/cloud/scopes.ts";
import { listLinkedAccounts, type LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { rememberRequestedScopes } from "#lib/connect/requested-scopes.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";

/** Begins the authorization request of **Connect Legrand**. Returns where the browser goes. */
export async function connect(): Promise<string> {
  const scopes = firstScopes((await findIssuer()) !== null);
  await rememberRequestedScopes(scopes);
  return startConnecting("openid", {});
}

/** Begins it for somebody who did not allow to be recognised by an identifier: their homes recognise them. Returns where the browser goes. */
export async function connectByHomes(): Promise<string> {
  const scopes = withoutIdentity(firstScopes((await findIssuer()) !== null) ?? []);
  await rememberRequestedScopes(scopes);
  return startConnecting("plants", { scope: scopes.join(" ") });
}

/**
 * Begins it for one more account of this user. `prompt=login`: somebody is signed in at Legrand already, and Legrand is to
 * ask who it is this time (OpenID Connect Core §3.1.2.1). Returns where the browser goes.
 */
export async function connectAnother(_user: SignedInUser): Promise<string> {
  await rememberRequestedScopes(firstScopes((await findIssuer()) !== null));
  return startConnecting("openid", { prompt: "login" }, pageAfter("another"));
}

/** What may be asked about an account that is connected already. */
export type AccountIntent = "" | "change" | "reconnect";

/**
 * Begins an authorization request about one of this user's linked accounts. Returns where the browser goes; null when the
 * account is not theirs. `more` counts for the intent "" only.
 */
export async function connectAgain(user: SignedInUser, id: string, intent: AccountIntent, more: string[]): Promise<string | null> {
  const accounts = await listLinkedAccounts(user);
  const account = accounts.find((one) => one.id === id);
  if (!account) return null;
  const known = { account, isOneOfMany: accounts.length > 1 };
  if (intent === "change" && account.state !== "disconnected") return changePermissions(known);
  return intent === "" ? askForMore(known, more) : reconnect(known);
}

type Known = { account: LinkedAccount; isOneOfMany: boolean };

/**
 * Asks for what this account granted and these scopes, and not for what was refused and is not asked for now.
 * `prompt=consent`: the person has just asked for it, so Legrand asks again also for what was refused before (OpenID Connect
 * Core §3.1.2.1).
 */
async function askForMore({ account, isOneOfMany }: Known, more: string[]): Promise<string> {
  const { requestedScopes, grantedScopes } = account;
  const askable = new Set([...MORE_SCOPES, ...requestedScopes]);
  const asked = more.filter((scope) => askable.has(scope));
  await rememberRequestedScopes([...new Set([...requestedScopes, ...asked])]);
  return begin(account, [...new Set([...grantedScopes, ...asked])], { prompt: isOneOfMany ? "login consent" : "consent" });
}

/** Asks for everything, and for an answer that takes the place of the former one (Grant Management for OAuth 2.0, `replace`). */
async function changePermissions({ account, isOneOfMany }: Known): Promise<string> {
  const scopes = allScopes((await findIssuer()) !== null);
  await rememberRequestedScopes(scopes);
  return begin(account, scopes ?? [], { grant_management_action: "replace", ...(isOneOfMany ? { prompt: "login" } : {}) }, pageAfter("change", account));
}

/** Asks for what was granted before it was lost. */
async function reconnect({ account, isOneOfMany }: Known): Promise<string> {
  const { grantedScopes, withdrawnScopes, requestedScopes } = account;
  await rememberRequestedScopes(requestedScopes);
  return begin(account, [...new Set([...grantedScopes, ...withdrawnScopes])], isOneOfMany ? { prompt: "login" } : {}, pageAfter("reconnect", account));
}

/**
 * The account that is meant is named by its address, and of several the person signs in anew: otherwise Legrand would take
 * whoever is signed in there.
 */
function begin({ email }: LinkedAccount, scopes: string[], parameters: Record<string, string>, returnTo?: string): Promise<string> {
  return startConnecting(scopes.includes("openid") ? "openid" : "plants", {
    ...(scopes.length ? { scope: scopes.join(" ") } : {}), ...(email ? { login_hint: email } : {}), ...parameters,
  }, returnTo);
}

/** What lib/connect/linked-accounts/describe-connected.ts needs to say what came of it. */
function pageAfter(intent: string, account?: LinkedAccount): string {
  return `/account?${new URLSearchParams({ intent, begun: String(epochSeconds()), ...(account ? { account: account.id } : {}) })}`;
}
