import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { acceptWithdrawnScopes, findOwnId } from "#lib/connect/linked-accounts/store.ts";

/**
 * Accepts, for the user, that withdrawn scopes are gone: the account is connected with the remaining scopes.
 * Idempotent. Returns false if the user has no account with this id.
 */
export async function continueWithout(user: SignedInUser, sent: string | null): Promise<boolean> {
  const id = await findOwnId(user, sent);
  if (!id) return false;
  await acceptWithdrawnScopes(user, id);
  return true;
}
