import "server-only";

import { now } from "#lib/clock.ts";
import { asListed } from "#lib/connect/roles/environment/as-listed.ts";
import { requestOrigin } from "#lib/connect/audit/audit-origin.ts";
import { recordAudit } from "#lib/connect/audit/store.ts";
import { digest } from "#lib/crypto/digest.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import type { AdminRole } from "#lib/db/generated/enums.ts";
import { env } from "#lib/env.ts";

/** One decides at a time whether there is no administrator: any number that nothing else locks. */
const LOCK = 5_210_027;

/** A sign-in with an address that Legrand has verified; the account tells whose it is, whoever it was a moment ago. */
export type VerifiedSignIn = { provider: string; providerAccountId: string; address: string; headers: Headers };

type Owner = { id: string; role: AdminRole | null };

/**
 * Makes the owner of that account an administrator if the address is in `ADMIN_EMAILS`: once an address, and again only while there is no
 * administrator at all. So whoever lost the role does not get it back by connecting again. Their other sessions end. Race-safe.
 */
export async function becomeAdministratorByAddress({ provider, providerAccountId, address, headers }: VerifiedSignIn): Promise<void> {
  const listed = asListed(address);
  if (!env().adminEmails.includes(listed)) return;
  await database().$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT pg_advisory_xact_lock(${LOCK})::text`;
    const isFirst = await spend(listed, transaction);
    if (!isFirst && await transaction.user.count({ where: { role: "administrator" } }) > 0) return;
    const [owner] = await transaction.$queryRaw<Owner[]>`
      SELECT u.id::text, u.role::text FROM connect_user u JOIN connect_account a ON a.user_id = u.id
      WHERE a.provider = ${provider} AND a.provider_account_id = ${providerAccountId} AND a.state <> 'disconnected' FOR UPDATE OF u`;
    if (!owner || owner.role === "administrator") return;
    await transaction.user.update({ where: { id: owner.id }, data: { role: "administrator" } });
    await endOtherSessions(owner.id, transaction);
    await recordAudit({
      ...requestOrigin(headers), actorId: owner.id, actor: listed, action: "user.role_by_environment", outcome: "done",
      targetType: "user", targetId: owner.id, target: listed, detail: { from: owner.role, to: "administrator" },
    }, transaction);
  });
}

/** Whoever loses the role by a decision does not get it back through an address that was never used: those of theirs that are listed are spent. */
export async function spendAddressesOf(userId: string, transaction: Transaction): Promise<void> {
  const accounts = await transaction.account.findMany({ where: { userId, email: { not: null } }, select: { email: true } });
  for (const address of new Set(accounts.map(({ email }) => asListed(email!)))) {
    if (env().adminEmails.includes(address)) await spend(address, transaction);
  }
}

/** Whether this was the first use of that address. */
async function spend(address: string, transaction: Transaction): Promise<boolean> {
  const { count } = await transaction.adminEmailUse.createMany({ data: { emailDigest: digest(address), usedAt: now() }, skipDuplicates: true });
  return count === 1;
}

/** The session of this sign-in was made a moment ago, and so ends last. */
async function endOtherSessions(userId: string, transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM connect_session WHERE user_id = ${userId}::uuid
      AND expires_at < (SELECT max(expires_at) FROM connect_session WHERE user_id = ${userId}::uuid)`;
}
