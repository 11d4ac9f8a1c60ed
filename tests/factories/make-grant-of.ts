import { randomToken } from "#lib/crypto/random-token.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { query } from "#tests/harness/database.ts";

/** Makes an application to which the account gave access that long ago. */
export async function makeGrantOf(
  accountId: string,
  { name, ageSeconds = 0 }: { name: string; ageSeconds?: number },
): Promise<TestApplication> {
  const application = await makeApplication({ name });
  await query(
    `INSERT INTO legrand_grant (id, account_id, client_id, granted_scopes, rejected_scopes, created_at, updated_at)
     VALUES ($1, $2::uuid, $3::uuid, $4::text[], '{}', now() - make_interval(secs => $5::float8), now())`,
    randomToken(),
    accountId,
    application.clientId,
    ["topology.read"],
    ageSeconds,
  );
  return application;
}
