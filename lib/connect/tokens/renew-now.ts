import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { findOwnId } from "#lib/connect/tokens/store.ts";

/**
 * Renews the tokens of one of the user's linked accounts at their request, unless Legrand asked to wait
 * (429). Returns false if the user has no account with this id.
 */
export async function renewNow(user: SignedInUser, sent: string | null): Promise<boolean> {
  const id = await findOwnId(user, sent);
  if (!id) return false;
  await getAccessToken(id, { force: true });
  return true;
}
