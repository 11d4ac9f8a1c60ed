import { startConnecting } from "#lib/connect/auth.ts";
import { findIssuer } from "#lib/connect/cloud/discover-issuer.ts";
import { firstScopes, MORE_SCOPES, withoutIdentity } from "#lib/connect/cloud/scopes.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { listLinkedAccounts } from "#lib/connect/linked-accounts/store.ts";
import { rememberRequestedScopes } from "#lib/connect/requested-scopes.ts";

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
 * Begins an authorization request for what this account granted and these scopes, and not for what was refused and is not asked for
 * now. `prompt=consent`: the person has just asked for it, so Legrand asks again also for what was refused before (OpenID
 * Connect Core §3.1.2.1). Returns where the browser goes.
 */
export async function askForMore(user: SignedInUser, accountId: string, more: string[]): Promise<string> {
  const account = (await listLinkedAccounts(user)).find(({ id }) => id === accountId);
  const requested = account?.requestedScopes ?? firstScopes(true)!;
  const askable = new Set([...MORE_SCOPES, ...requested]);
  const asked = more.filter((scope) => askable.has(scope));
  const scopes = [...new Set([...(account?.grantedScopes ?? requested), ...asked])];
  await rememberRequestedScopes([...new Set([...requested, ...asked])]);
  return startConnecting(scopes.includes("openid") ? "openid" : "plants", { scope: scopes.join(" "), prompt: "consent" });
}
