import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { findOwnId } from "#lib/connect/tokens/store.ts";

/**
 * Renews the tokens of one of this user's linked accounts because they ask for it, unless Legrand said to
 * wait (429). False when there is none of that id.
 */
export async function renewNow(user: SignedInUser, sent: string | null): Promise<boolean> {
  const id = await findOwnId(user, sent);
  if (!id) return false;
  await getAccessToken(id, { force: true });
  return true;
}
