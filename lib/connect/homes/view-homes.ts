import { secondsFromNow } from "#lib/clock.ts";
import type { Home, Readable } from "#lib/connect/homes/home.ts";
import { readHomes } from "#lib/connect/homes/read-homes.ts";
import { rememberShape } from "#lib/connect/homes/shapes.ts";
import { listLinkedAccounts, type LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import { checkScopes } from "#lib/connect/scope-checks/check-scopes.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { RENEWED_BEFORE_END_SECONDS } from "#lib/connect/sealed-tokens/token-lifetimes.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/** The homes of a linked account, and the account as it is after they were read. */
export type ViewedHomes = { account: LinkedAccount; homes: Readable<Home[]> };

/**
 * Reads the homes for a page that is already being shown. Never throws: an error on our side is logged and
 * returned as a problem. Reads the account again only if its token was renewed, if Legrand has just named its
 * granted scopes, or if access or scopes turned out to be gone.
 */
export async function viewHomes(user: SignedInUser, account: LinkedAccount): Promise<ViewedHomes> {
  // Skipped for read-only requests, because reading homes renews tokens and stores what Legrand says.
  if (isReadOnlyRequest()) return notRead(account);
  try {
    const [{ homes, hasChanged }, areScopesKnown] = await Promise.all([
      readHomes(account),
      checkScopes(account.id),
    ]);
    if (homes.ok) rememberShape(account.id, homes.value);
    const changed =
      hasChanged || areScopesKnown || isRenewed(account)
        ? (await listLinkedAccounts(user)).find(({ id }) => id === account.id)
        : undefined;
    return { account: changed ?? account, homes };
  } catch (error) {
    logError(currentRequestId(), "homes", error);
    return notRead(account);
  }
}

const notRead = (account: LinkedAccount): ViewedHomes => ({
  account,
  homes: { ok: false, problem: { reason: "failed" } },
});

function isRenewed({ trouble, accessTokenExpiresAt }: LinkedAccount): boolean {
  return (
    trouble !== null ||
    (accessTokenExpiresAt !== null && accessTokenExpiresAt < secondsFromNow(RENEWED_BEFORE_END_SECONDS))
  );
}
