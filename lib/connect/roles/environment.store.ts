import "server-only";

import { now } from "#lib/clock.ts";
import { requestOrigin } from "#lib/connect/audit/audit-origin.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { digest } from "#lib/crypto/digest.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";
import { toComparableEmail } from "#lib/email-address.ts";
import { env } from "#lib/env.ts";
import { isOnThisMachine } from "#lib/http/this-machine.ts";

/**
 * Advisory lock: only one transaction at a time decides whether there is no administrator. Any number that no
 * other code locks.
 */
const LOCK = 5_210_027;

/**
 * A sign-in with an address that Legrand has verified. Its user is found by the account, because the account
 * may just have moved to another user. `sessionToken` is the session that this browser already had (one more
 * account was connected); in that case next-auth creates no other session.
 */
export type VerifiedSignIn = {
  provider: string;
  providerAccountId: string;
  address: string;
  headers: Headers;
  sessionToken: string | null;
};

type Owner = { id: string; role: AdminRole | null };

/**
 * Makes the owner of the account an administrator if the address is in `ADMIN_EMAILS`. This works once for
 * each address, and again only while there is no administrator at all. So a user who lost the role does not
 * get it back by connecting again. Ends the user's other sessions. Race-safe. The default of `ADMIN_EMAILS`
 * is an account with a published password, so it only works for a browser on this machine.
 */
export async function becomeAdministratorByAddress({
  provider,
  providerAccountId,
  address,
  headers,
  sessionToken,
}: VerifiedSignIn): Promise<void> {
  const listed = toComparableEmail(address);
  const { adminEmails, isDefaultAdmin } = env();
  if (!adminEmails.includes(listed) || (isDefaultAdmin && !isOnThisMachine(headers))) return;
  await database().$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT pg_advisory_xact_lock(${LOCK})::text`;
    // Lock the user before the address, in the same order as code that takes a role away. The opposite order
    // could deadlock.
    const [owner] = await transaction.$queryRaw<Owner[]>`
      SELECT u.id::text, u.role::text FROM connect_user u JOIN connect_account a ON a.user_id = u.id
      WHERE a.provider = ${provider} AND a.provider_account_id = ${providerAccountId} AND a.state <> 'disconnected' FOR UPDATE OF u`;
    const isFirst = await spend(listed, transaction);
    if (!owner || owner.role === "administrator") return;
    if (!isFirst && (await transaction.user.count({ where: { role: "administrator" } })) > 0) return;
    await transaction.user.update({ where: { id: owner.id }, data: { role: "administrator" } });
    await endOtherSessions(owner.id, sessionToken, transaction);
    await recordAudit(
      {
        ...requestOrigin(headers),
        actorId: owner.id,
        actor: listed,
        action: "user.role_by_environment",
        outcome: "done",
        targetType: "user",
        targetId: owner.id,
        target: listed,
        detail: { from: owner.role, to: "administrator" },
      },
      transaction,
    );
  });
}

/**
 * Marks the user's addresses in `ADMIN_EMAILS` as used. Otherwise a user whose role was taken away on purpose
 * could get it back through an address that was never used.
 */
export async function spendAddressesOf(userId: string, transaction: Transaction): Promise<void> {
  const accounts = await transaction.account.findMany({
    where: { userId, email: { not: null } },
    select: { email: true },
  });
  // Sorted, so that two users with the same two addresses cannot deadlock.
  for (const address of [...new Set(accounts.map(({ email }) => toComparableEmail(email!)))].sort()) {
    if (env().adminEmails.includes(address)) await spend(address, transaction);
  }
}

/** Marks the address as used. Returns true if this was its first use. */
async function spend(address: string, transaction: Transaction): Promise<boolean> {
  const { count } = await transaction.adminEmailUse.createMany({
    data: { emailDigest: digest(address), usedAt: now() },
    skipDuplicates: true,
  });
  return count === 1;
}

/**
 * Ends all sessions of the user except the one of this browser. If this browser had none, keeps the session
 * of this sign-in, which was just created and therefore expires last.
 */
async function endOtherSessions(
  userId: string,
  sessionToken: string | null,
  transaction: Transaction,
): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM connect_session WHERE user_id = ${userId}::uuid AND session_token_digest <> (
      SELECT session_token_digest FROM connect_session WHERE user_id = ${userId}::uuid
      ORDER BY session_token_digest = ${sessionToken === null ? "" : digest(sessionToken)} DESC, expires_at DESC LIMIT 1)`;
}
