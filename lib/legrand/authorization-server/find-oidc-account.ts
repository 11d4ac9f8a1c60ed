import { errors, type KoaContextWithOIDC } from "oidc-provider";

import { fullName } from "#lib/legrand/accounts/full-name.ts";
import { findAccount, type Account } from "#lib/legrand/accounts/store.ts";
import { isSuspended } from "#lib/legrand/authorization-server/loaded-application.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { findGrant, type Grant } from "#lib/legrand/grants/store.ts";
import { parseScope } from "#lib/legrand/scopes.ts";

/**
 * The person behind a token, with the claims of the identity scopes (OpenID Connect Core §5.4); undefined
 * when gone, or the application is suspended.
 */
export async function findOidcAccount(_ctx: unknown, id: string, token?: { clientId?: string | undefined }) {
  const { loaded } = requestScope();
  const account = loaded.has(`Account:${id}`)
    ? (loaded.get(`Account:${id}`) as Account | null)
    : await findAccount(id);
  if (!account || isSuspended(token?.clientId)) return undefined;
  return { accountId: id, claims: (use: string, scope: string) => claimsOf(account, use, scope) };
}

function claimsOf(account: Account, use: string, scope: string) {
  // The library asks whether the token has `openid`; here it is what the grant has still.
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

/** One grant for a person and an application, found by the pair and not through the browser's session. */
export async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { account, client, provider } = ctx.oidc;
  const { loaded } = requestScope();
  const ahead = `GrantOf:${account!.accountId}:${client!.clientId}`;
  const grant = loaded.has(ahead)
    ? (loaded.get(ahead) as Grant | null)
    : await findGrant(account!.accountId, client!.clientId);
  if (!grant) return undefined;
  loaded.set(`Grant:${grant.id}`, grant);
  return provider.Grant.find(grant.id);
}
