import { startConnecting } from "#lib/connect/auth.ts";
import { rememberBegun } from "#lib/connect/begun-request.ts";
import { findIssuer } from "#lib/connect/cloud/discover-issuer.ts";
import { allScopes, firstScopes, MORE_SCOPES, withOpenId } from "#lib/connect/cloud/scopes.ts";
import { listLinkedAccounts, type LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { rememberRequestedScopes } from "#lib/connect/requested-scopes.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";

/** Begins the authorization request of **Connect Legrand**. Returns where the browser goes. */
export async function connect(): Promise<string> {
  await rememberRequestedScopes(firstScopes((await findIssuer()) !== null));
  await rememberBegun("connect");
  return startConnecting({});
}

/**
 * Begins the authorization request of **Choose again at Legrand**. `prompt=consent`: the person wants to see
 * the question, also where everything was answered before (OpenID Connect Core §3.1.2.1). Returns where the
 * browser goes.
 */
export async function chooseAgain(): Promise<string> {
  await rememberRequestedScopes(firstScopes((await findIssuer()) !== null));
  await rememberBegun("choose");
  return startConnecting({ prompt: "consent" });
}

/**
 * Begins it for one more account of this user. `prompt=login`: somebody is signed in at Legrand already, and
 * Legrand is to ask who it is this time (OpenID Connect Core §3.1.2.1). Returns where the browser goes.
 */
export async function connectAnother(_user: SignedInUser): Promise<string> {
  await rememberRequestedScopes(firstScopes((await findIssuer()) !== null));
  await rememberBegun("another");
  return startConnecting({ prompt: "login" });
}

/** What may be asked about an account that is connected already. */
export type AccountIntent = "" | "change" | "reconnect";

/**
 * Begins an authorization request about one of this user's linked accounts. Returns where the browser goes;
 * null when the account is not theirs. `more` counts for the intent "" only.
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
 * Asks for what this account granted and these scopes, and not for what was refused and is not asked for now.
 * `prompt=consent`: the person has just asked for it, so Legrand asks again also for what was refused before (OpenID Connect
 * Core §3.1.2.1).
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

/**
 * Asks for everything, and for an answer that takes the place of the former one (Grant Management for OAuth
 * 2.0, `replace`).
 */
async function changePermissions({ account, isOneOfMany }: Known): Promise<string> {
  const scopes = allScopes((await findIssuer()) !== null);
  await rememberRequestedScopes(scopes);
  await rememberBegun("change", account.id);
  return begin(account, scopes ?? [], {
    grant_management_action: "replace",
    ...(isOneOfMany ? { prompt: "login" } : {}),
  });
}

/** Asks for what was granted before it was lost. */
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
 * The account that is meant is named by its address, and of several the person signs in anew: otherwise
 * Legrand would take whoever is signed in there. An OpenID provider is always asked for `openid`, also if the
 * person took it back: without it the answer would belong to nobody.
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
