import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { recordChange } from "#lib/legrand/applications/history.store.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";

/** What depends on an application. */
export type Dependents = {
  /** People who granted access. */
  people: number;
  /** Access and refresh tokens that are valid now. */
  tokens: number;
  /** Stored client secrets, including expired ones. */
  secrets: number;
};

/** Counts the people who granted this application access. */
export function countPeople({ clientId }: OwnedApplication): Promise<number> {
  return database().grant.count({ where: { clientId } });
}

/** Counts what depends on an application, in one query. */
export async function countDependents({ clientId }: OwnedApplication): Promise<Dependents> {
  const [row] = await database().$queryRaw<Dependents[]>`
    SELECT (SELECT count(*)::int FROM legrand_grant WHERE client_id = ${clientId}::uuid) AS people,
      (SELECT count(*)::int FROM legrand_grant g JOIN legrand_artifact t ON t.grant_id = g.id
          JOIN legrand_application a ON a.client_id = g.client_id
        WHERE g.client_id = ${clientId}::uuid AND t.kind IN ('AccessToken', 'RefreshToken')
          AND (t.consumed_at IS NULL OR a.refresh_policy = 'former') AND t.expires_at > ${now()}::timestamptz) AS tokens,
      (SELECT count(*)::int FROM legrand_client_secret WHERE client_id = ${clientId}::uuid) AS secrets`;
  return row!;
}

/**
 * Suspends or resumes the application and records who did it, in one statement. If the button is pressed
 * twice, it happens once. Returns false if the application was already in that state.
 */
export async function setState(
  { clientId }: OwnedApplication,
  state: "active" | "suspended",
  who: string,
): Promise<boolean> {
  const what = state === "suspended" ? "suspended" : "resumed";
  const noted = await database().$executeRaw`
    WITH changed AS (
      UPDATE legrand_application SET state = ${state}::legrand_application_state,
        suspended_at = CASE ${state}::text WHEN 'suspended' THEN ${now()}::timestamptz END
      WHERE client_id = ${clientId}::uuid AND state <> ${state}::legrand_application_state RETURNING client_id
    )
    ${recordChange({ what, who, detail: {}, of: Prisma.sql`changed` })}`;
  return noted === 1;
}

/**
 * Deletes the application and everything that belongs to it, codes and tokens first, in one transaction. The
 * locks make concurrent token requests finish or wait, so that none of them leaves a token behind. Returns
 * false if the application was already deleted.
 */
export async function deleteApplication({ clientId }: OwnedApplication): Promise<boolean> {
  const results = await database().$transaction([
    database()
      .$queryRaw`SELECT 1 AS locked FROM legrand_application WHERE client_id = ${clientId}::uuid FOR UPDATE`,
    database()
      .$queryRaw`SELECT 1 AS locked FROM legrand_grant WHERE client_id = ${clientId}::uuid FOR UPDATE`,
    database().$executeRaw`
      DELETE FROM legrand_artifact t USING legrand_grant g WHERE g.client_id = ${clientId}::uuid AND t.grant_id = g.id`,
    database().application.deleteMany({ where: { clientId } }),
  ]);
  return results[3].count === 1;
}
