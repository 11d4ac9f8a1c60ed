import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { acceptWithdrawnScopes, findOwnId } from "#lib/connect/tokens/store.ts";

/**
 * The user accepts that withdrawn scopes are gone: the account is connected, with what is left. A second time
 * changes nothing. False when there is none of that id.
 */
export async function continueWithout(user: SignedInUser, sent: string | null): Promise<boolean> {
  const id = await findOwnId(user, sent);
  if (!id) return false;
  await acceptWithdrawnScopes(user, id);
  return true;
}
