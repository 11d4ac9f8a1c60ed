import { startConnecting } from "#lib/connect/auth/auth.ts";
import { rememberBegun } from "#lib/connect/flows/begun-request.ts";
import { findIssuer } from "#lib/connect/cloud/metadata.ts";
import { allScopes, firstScopes, MORE_SCOPES, withOpenId } from "#lib/connect/cloud/scopes.ts";
import { listLinkedAccounts, type LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { rememberRequestedScopes } from "#lib/connect/flows/requested-scopes.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";

/** Starts the authorization request of **Connect Legrand**. Returns the URL for the browser. */
export async function connect(): Promise<string> {
  await rememberRequestedScopes(firstScopes((await findIssuer()) !== null));
  await rememberBegun("connect");
  return startConnecting({});
}

/**
 * Starts the authorization request of **Choose again at Legrand**. Sends `prompt=consent`, because the user
 * wants to see the question even if they answered everything before (OpenID Connect Core §3.1.2.1). Returns
 * the URL for the browser.
 */
export async function chooseAgain(): Promise<string> {
  await rememberRequestedScopes(firstScopes((await findIssuer()) !== null));
  await rememberBegun("choose");
  return startConnecting({ prompt: "consent" });
}

/**
 * Starts an authorization request for one more account of this user. Sends `prompt=login`: the browser may
 * already be signed in at Legrand, and Legrand has to ask again which account to use (OpenID Connect Core
 * §3.1.2.1). Returns the URL for the browser.
 */
export async function connectAnother(_user: SignedInUser): Promise<string> {
  await rememberRequestedScopes(firstScopes((await findIssuer()) !== null));
  await rememberBegun("another");
  return startConnecting({ prompt: "login" });
}

/** What the user can ask for an account that is already connected. */
export type AccountIntent = "" | "change" | "reconnect";

/**
 * Starts an authorization request for one of the user's linked accounts. Returns the URL for the browser, or
 * null if the user does not own the account. `more` is used only for the intent "".
 */
export async function connectAgain(
  user: SignedInUser,
  id: string,
  intent: AccountIntent,
  more: string[],
): Promise<string | null> {
  const accounts = await listLinkedAccounts(user);
  const account = accounts.find((one) => one.id === id);
  if (!account) return null;
  const known = { account, isOneOfMany: accounts.length > 1 };
  if (intent === "change" && account.state !== "disconnected") return changePermissions(known);
  return intent === "" ? askForMore(known, more) : reconnect(known);
}

type Known = { account: LinkedAccount; isOneOfMany: boolean };

/**
 * Asks for the granted scopes of this account and for `more`. Scopes that were refused and are not in `more`
 * are not requested. Sends `prompt=consent`: the user has just asked for these scopes, so Legrand has to ask
 * again even about those that were refused before (OpenID Connect Core §3.1.2.1).
 */
async function askForMore({ account, isOneOfMany }: Known, more: string[]): Promise<string> {
  const { requestedScopes, grantedScopes } = account;
  const askable = new Set([...MORE_SCOPES, ...requestedScopes]);
  const asked = more.filter((scope) => askable.has(scope));
  await rememberRequestedScopes([...new Set([...requestedScopes, ...asked])]);
  await rememberBegun("more", account.id);
  return begin(account, [...new Set([...grantedScopes, ...asked])], {
    prompt: isOneOfMany ? "login consent" : "consent",
  });
}

/** Asks for all scopes. The answer replaces the previous one (Grant Management for OAuth 2.0, `replace`). */
async function changePermissions({ account, isOneOfMany }: Known): Promise<string> {
  const scopes = allScopes((await findIssuer()) !== null);
  await rememberRequestedScopes(scopes);
  await rememberBegun("change", account.id);
  return begin(account, scopes ?? [], {
    grant_management_action: "replace",
    ...(isOneOfMany ? { prompt: "login" } : {}),
  });
}

/** Asks for the scopes that were granted before the access was lost. */
async function reconnect({ account, isOneOfMany }: Known): Promise<string> {
  const { grantedScopes, withdrawnScopes, requestedScopes } = account;
  await rememberRequestedScopes(requestedScopes);
  await rememberBegun("reconnect", account.id);
  return begin(
    account,
    [...new Set([...grantedScopes, ...withdrawnScopes])],
    isOneOfMany ? { prompt: "login" } : {},
  );
}

/**
 * Starts the request with the account's e-mail address as `login_hint`. If the user has several accounts,
 * callers also require a new sign-in; otherwise Legrand would use the account that is signed in there. An
 * OpenID provider is always asked for `openid`, even if the user withdrew it: without `openid` the answer
 * identifies no one.
 */
async function begin(
  { email }: LinkedAccount,
  granted: string[],
  parameters: Record<string, string>,
): Promise<string> {
  const scopes = (await findIssuer()) === null ? granted : withOpenId(granted);
  return startConnecting({
    ...(scopes.length ? { scope: scopes.join(" ") } : {}),
    ...(email ? { login_hint: email } : {}),
    ...parameters,
  });
}
