import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { isOwnAccount } from "#lib/connect/tokens/store.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** Renews the tokens of one of this user's linked accounts because they ask for it, whatever was to be waited for. False when there is none of that id. */
export async function renewNow(user: SignedInUser, id: string | null): Promise<boolean> {
  if (!id || !isUuid(id) || !(await isOwnAccount(user, id))) return false;
  await getAccessToken(id, { force: true });
  return true;
}
