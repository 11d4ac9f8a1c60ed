import "server-only";

import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { accountMarkOf } from "#lib/legrand/request-log/pseudonym.ts";

/** How much a deletion removes. */
export type DeletionExtent = {
  applications: number;
  /** People who gave these applications access. */
  people: number;
  drafts: number;
  subscriptions: number;
  /** Applications that this person gave access to. */
  grants: number;
  homes: number;
};

/** Counts what deleting this account would remove now. */
export async function countDeletion({ id }: LegrandAccount): Promise<DeletionExtent> {
  const [row] = await database().$queryRaw<[DeletionExtent]>`
    SELECT
      (SELECT count(*)::int FROM legrand_application WHERE developer_id = ${id}::uuid) AS applications,
      (SELECT count(DISTINCT g.account_id)::int FROM legrand_grant g JOIN legrand_application a USING (client_id)
       WHERE a.developer_id = ${id}::uuid) AS people,
      (SELECT count(*)::int FROM legrand_application_draft WHERE developer_id = ${id}::uuid) AS drafts,
      (SELECT count(*)::int FROM legrand_subscription WHERE account_id = ${id}::uuid) AS subscriptions,
      (SELECT count(*)::int FROM legrand_grant WHERE account_id = ${id}::uuid) AS grants,
      (SELECT count(*)::int FROM legrand_plant WHERE account_id = ${id}::uuid) AS homes`;
  return row;
}

/**
 * Deletes the account and everything that belongs to it, all or nothing: its sessions, its grants, its
 * applications with the grants that other people gave them, and every code and token of those grants. The
 * rest is deleted together with the account's row.
 */
export async function deleteAccount({ id, email }: LegrandAccount): Promise<void> {
  await database().$transaction(async (transaction) => {
    // Until the commit, these locks stop new grants by this account or to its applications, and new codes and
    // tokens. A concurrent request waits for these rows and then finds them gone.
    await transaction.$executeRaw`SELECT 1 FROM legrand_account WHERE id = ${id}::uuid FOR UPDATE`;
    await transaction.$executeRaw`SELECT 1 FROM legrand_application WHERE developer_id = ${id}::uuid ORDER BY client_id FOR UPDATE`;
    const grants = await transaction.$queryRaw<{ id: string }[]>`
      SELECT g.id FROM legrand_grant g JOIN legrand_application a USING (client_id)
      WHERE g.account_id = ${id}::uuid OR a.developer_id = ${id}::uuid ORDER BY g.id FOR UPDATE OF g`;
    await transaction.$executeRaw`
      DELETE FROM legrand_artifact WHERE account_id = ${id}::uuid OR grant_id = ANY(${grants.map((grant) => grant.id)}::text[])`;
    await transaction.$executeRaw`DELETE FROM legrand_request_attempt WHERE account_mark = ${accountMarkOf(id)}`;
    // Otherwise the link in the sign-up mail would create the account again.
    await transaction.pendingSignUp.deleteMany({ where: { email } });
    await transaction.legrandAccount.deleteMany({ where: { id } });
  });
}
