import "server-only";

import { lockHeld, lockUser, openTokens, wipeHeld, type Wiped } from "#lib/connect/leaving/wiping/store.ts";
import { addPendingRevocations, type ClaimedRevocation } from "#lib/connect/revocations/store.ts";
import type { SignedInUser } from "#lib/connect/signed-in-user.ts";
import { database } from "#lib/db/client.ts";

/**
 * Disconnects one of this user's linked accounts, in one transaction, as `wipeHeld` says. Null when it was not this user's, or
 * disconnected already.
 */
export function wipeLinkedAccount({ userId }: SignedInUser, id: string): Promise<Wiped | null> {
  return database().$transaction(async (transaction) => {
    await lockUser(transaction, userId);
    const [held] = await lockHeld(transaction, userId, id);
    return held ? wipeHeld(transaction, userId, held, { what: "disconnected", by: "person", detail: {} }) : null;
  });
}

/**
 * Deletes a user with everything that Connect stores about them, in one transaction: linked accounts, their history,
 * sessions. Their tokens alone stay, without a name, until Legrand has been told: `revocations`. `unreadable`: how many accounts had
 * tokens that nobody can read, and so give back.
 */
export function deleteUser({ userId }: SignedInUser): Promise<{ revocations: ClaimedRevocation[]; unreadable: number }> {
  return database().$transaction(async (transaction) => {
    await lockUser(transaction, userId);
    const { tokens, unreadable } = openTokens(await lockHeld(transaction, userId));
    const revocations = await addPendingRevocations(tokens, transaction);
    await transaction.user.deleteMany({ where: { id: userId } });
    return { revocations, unreadable };
  });
}
