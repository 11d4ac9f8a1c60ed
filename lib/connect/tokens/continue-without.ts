import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { acceptWithdrawnScopes, isOwnAccount } from "#lib/connect/tokens/store.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** The user accepts that withdrawn scopes are gone: the account is connected, with what is left. A second time changes nothing. False when there is none of that id. */
export async function continueWithout(user: SignedInUser, id: string | null): Promise<boolean> {
  if (!id || !isUuid(id) || !(await isOwnAccount(user, id))) return false;
  await acceptWithdrawnScopes(user, id);
  return true;
}
