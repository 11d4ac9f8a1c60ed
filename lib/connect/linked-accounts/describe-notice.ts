import type { AccountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { describeLeaving } from "#lib/connect/disconnecting/describe-leaving.ts";
import {
  describeConnected,
  findReturned,
  type ConnectedNotice,
} from "#lib/connect/linked-accounts/describe-connected.ts";
import { hasChangedSince } from "#lib/connect/account-events/store.ts";
import type { LinkedAccount } from "#lib/connect/linked-accounts/store.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";

const DENIED: ConnectedNotice = {
  tone: "info",
  text: "Nothing was changed. You denied or cancelled the request at Legrand, so your connected accounts stay as they are.",
};

const DEVICE_NOT_FOUND: ConnectedNotice = {
  tone: "info",
  text: "Nothing was changed. Legrand does not find this device: it was removed, or its home is no longer shared with Connect.",
};

/**
 * Describes the result of the last step, for the account page of this user, who has these accounts. Returns
 * null if there is nothing to say.
 */
export async function describeNotice(
  user: SignedInUser,
  notice: AccountNotice | null,
  accounts: readonly LinkedAccount[],
  now: Date,
): Promise<ConnectedNotice | null> {
  if (notice === null) return null;
  if (notice.about === "denied") return DENIED;
  if (notice.about === "device_not_found") return DEVICE_NOT_FOUND;
  if (notice.about !== "connected") return describeLeaving(notice, accounts, now);
  const { request } = notice;
  const back = findReturned(request, accounts);
  return describeConnected(
    request,
    accounts,
    back !== null && (await hasChangedSince(user, back.id, new Date(request.begun))),
  );
}
