import "server-only";

import type { AdminUser } from "#lib/connect/users/admin-user.ts";
import type { PersonWithRole } from "#lib/connect/admin/roles/person-with-role.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { showEmail, toComparableEmail } from "#lib/email-address.ts";

const MOST = 500;

/** Lists the users who have a role, administrators first. `isWhole` is true if the list is complete. */
export async function listPeopleWithRoles(
  _admin: AdminUser,
): Promise<{ people: PersonWithRole[]; isWhole: boolean }> {
  const people = await readPeople(Prisma.sql`u.role IS NOT NULL`, MOST + 1);
  return { people: people.slice(0, MOST), isWhole: people.length <= MOST };
}

/** Returns the user with this id, or null. */
export async function findPerson(_admin: AdminUser, userId: string): Promise<PersonWithRole | null> {
  return (await readPeople(Prisma.sql`u.id = ${userId}::uuid`, 1))[0] ?? null;
}

/**
 * Finds users by the exact e-mail address or Legrand id of a connected account. Several users may share an
 * address. Only A to Z are compared without case: an address with another letter that maps to one of these
 * belongs to someone else. `_proof` is an administrator or auditor, or the command on the server.
 */
export function findPeople(_proof: AdminUser | "command", wanted: string): Promise<PersonWithRole[]> {
  const email = showEmail(toComparableEmail(wanted));
  return readPeople(
    Prisma.sql`u.id IN (
    SELECT user_id FROM connect_account
    WHERE state <> 'disconnected' AND ((listed_email = search_key(${email}) AND lower(email COLLATE "C") = lower(${email} COLLATE "C")) OR (provider = 'legrand' AND provider_account_id = ${wanted})))`,
    50,
  );
}

function readPeople(which: Prisma.Sql, most: number): Promise<PersonWithRole[]> {
  return database().$queryRaw<PersonWithRole[]>`
    SELECT u.id::text AS "userId", u.name, u.email, u.role::text, change.at AS since, change.by, own."signedInAt", own.accounts
    FROM connect_user u
    LEFT JOIN LATERAL (
      SELECT e.at, CASE e.action WHEN 'user.role' THEN e.actor ELSE 'ADMIN_EMAILS' END AS by FROM connect_audit_entry e
      WHERE e.target_id = u.id::text AND e.action IN ('user.role', 'user.role_by_environment') AND e.outcome = 'done'
      ORDER BY e.at DESC, e.id DESC LIMIT 1
    ) change ON true
    LEFT JOIN LATERAL (
      SELECT max(a.authorized_at) AS "signedInAt",
        coalesce(json_agg(json_build_object('id', a.id, 'legrandId', a.provider_account_id, 'email', a.email) ORDER BY a.connected_at)
          FILTER (WHERE a.state <> 'disconnected'), '[]') AS accounts
      FROM connect_account a WHERE a.user_id = u.id
    ) own ON true
    WHERE ${which} ORDER BY u.role, u.email, u.id LIMIT ${most}`;
}
