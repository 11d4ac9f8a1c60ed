import "server-only";

import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { endRole, isLastAdministrator, recordLastAdministrator } from "#lib/connect/roles/store.ts";
import {
  isOnlyConnected,
  lockHeld,
  lockUser,
  openTokens,
  wipeHeld,
  type Wiped,
} from "#lib/connect/disconnecting/wiping.store.ts";
import {
  addPendingRevocations,
  type ClaimedRevocation,
} from "#lib/connect/disconnecting/pending-revocations.store.ts";
import type { SignedInUser } from "#lib/connect/users/signed-in-user.ts";
import { database, type Transaction } from "#lib/db/client.ts";

/**
 * Disconnects one of the user's linked accounts in one transaction (see `wipeHeld`). Returns null if the user
 * does not own the account, or it is already disconnected. Refuses if it is the last account that the last
 * administrator can sign in with, because then the role could not be given to anyone any more.
 */
export function wipeLinkedAccount(
  { userId, label }: SignedInUser,
  id: string,
  origin: AuditOrigin,
): Promise<Wiped | "last_administrator" | null> {
  return database().$transaction(async (transaction) => {
    const isLast = await isLastAdministrator(userId, transaction);
    await lockUser(transaction, userId);
    const [held] = await lockHeld(transaction, userId, id);
    if (!held) return null;
    if (isLast && (await isOnlyConnected(transaction, userId, held)))
      return refuse(userId, label, origin, transaction);
    return wipeHeld(transaction, userId, held, { what: "disconnected", by: "person", detail: {} }, origin);
  });
}

/**
 * What a deleted user had at Legrand. `revocations` are the tokens to revoke, and `unreadable` is the number
 * of accounts whose tokens cannot be decrypted.
 */
export type Deleted = { revocations: ClaimedRevocation[]; unreadable: number };

/**
 * Deletes a user and everything that Connect stores about them, in one transaction: linked accounts, their
 * history, and sessions. Only their tokens stay, without a name, until they are revoked at Legrand:
 * `revocations`. `unreadable` is the number of accounts whose tokens cannot be decrypted and therefore cannot
 * be revoked. Refuses to delete the last administrator. The audit log stays too, because it records what was
 * done.
 */
export function deleteUser(
  { userId, label }: SignedInUser,
  origin: AuditOrigin,
): Promise<Deleted | "last_administrator"> {
  return database().$transaction(async (transaction) => {
    if (await isLastAdministrator(userId, transaction)) return refuse(userId, label, origin, transaction);
    await lockUser(transaction, userId);
    const { tokens, unreadable } = openTokens(await lockHeld(transaction, userId));
    const revocations = await addPendingRevocations(tokens, transaction);
    await endRole(userId, origin, "account_deleted", transaction);
    await transaction.user.deleteMany({ where: { id: userId } });
    return { revocations, unreadable };
  });
}

async function refuse(
  userId: string,
  label: string,
  origin: AuditOrigin,
  transaction: Transaction,
): Promise<"last_administrator"> {
  await recordLastAdministrator(userId, label, origin, transaction);
  return "last_administrator";
}
