import { errors, type KoaContextWithOIDC } from "oidc-provider";

import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { isAccountId } from "#lib/legrand/accounts/account-id.ts";
import { findAccount, type Account } from "#lib/legrand/accounts/store.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { isSuspended } from "#lib/legrand/authorization-server/load-application.ts";
import { readOnce, requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { findGrant } from "#lib/legrand/grants/store.ts";
import { parseScope } from "#lib/legrand/scopes.ts";

/**
 * Returns the account of a token, with the claims of the identity scopes (OpenID Connect Core §5.4). Returns
 * undefined if the account is deleted or the application is suspended.
 */
export async function findOidcAccount(_ctx: unknown, id: string, token?: { clientId?: string | undefined }) {
  const account = await readOnce(requestScope().loaded.accounts, id, () => findAccount(id));
  if (!account || isSuspended(token?.clientId)) return undefined;
  return { accountId: id, claims: (use: string, scope: string) => claimsOf(account, use, scope) };
}

function claimsOf(account: Account, use: string, scope: string) {
  // The library checks that the token has `openid`. Here `scope` is what the grant still has.
  if (use === "userinfo" && !parseScope(scope).includes("openid"))
    throw new errors.InsufficientScope("openid was taken back", "openid");
  return {
    sub: account.id,
    name: fullName(account),
    given_name: account.givenName,
    ...(account.familyName && { family_name: account.familyName }),
    email: account.email,
    email_verified: true,
  };
}

/**
 * Loads the one grant of a user and an application. It is found by this pair, not through the browser's
 * session.
 */
export async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { account, client, provider } = ctx.oidc;
  const [accountId, clientId] = [account!.accountId, client!.clientId];
  if (!isAccountId(accountId) || !isClientId(clientId)) return undefined;
  const { grantReadAhead: ahead, grants } = requestScope().loaded;
  const isAhead = ahead?.accountId === accountId && ahead.clientId === clientId;
  const grant = isAhead ? ahead.grant : await findGrant(accountId, clientId);
  if (!grant) return undefined;
  grants.set(grant.id, grant);
  return provider.Grant.find(grant.id);
}
