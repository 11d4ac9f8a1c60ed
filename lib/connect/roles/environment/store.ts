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

/** One decides at a time whether there is no administrator: any number that nothing else locks. */
const LOCK = 5_210_027;

/**
 * A sign-in with an address that Legrand has verified; the account tells whose it is, whoever it was a moment
 * ago. `sessionToken`: of this browser, where it was signed in before (one more account was connected):
 * next-auth makes no other session then.
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
 * Makes the owner of that account an administrator if the address is in `ADMIN_EMAILS`: once an address, and
 * again only while there is no administrator at all. So a user who lost the role does not get it back by
 * connecting again. Their other sessions end. Race-safe. The default of
 * `ADMIN_EMAILS` is an account with a published password: it counts for a browser on this machine only.
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
    // Before the address, as whoever takes a role does: the other way round the two would wait for each
    // other.
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
 * Whoever loses the role by a decision does not get it back through an address that was never used: those of
 * theirs that are listed are spent.
 */
export async function spendAddressesOf(userId: string, transaction: Transaction): Promise<void> {
  const accounts = await transaction.account.findMany({
    where: { userId, email: { not: null } },
    select: { email: true },
  });
  // In one order: of two people with the same two addresses neither waits for the other.
  for (const address of [...new Set(accounts.map(({ email }) => toComparableEmail(email!)))].sort()) {
    if (env().adminEmails.includes(address)) await spend(address, transaction);
  }
}

/** Whether this was the first use of that address. */
async function spend(address: string, transaction: Transaction): Promise<boolean> {
  const { count } = await transaction.adminEmailUse.createMany({
    data: { emailDigest: digest(address), usedAt: now() },
    skipDuplicates: true,
  });
  return count === 1;
}

/**
 * What stays is the session that this browser has; where it has none, the one of this sign-in, which was made
 * a moment ago and so ends last.
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
