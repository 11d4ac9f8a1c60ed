import { randomUUID } from "node:crypto";

import type { Browser } from "#tests/factories/browser.ts";
import type { TestAccount } from "#tests/factories/make-account.ts";
import { makeApplication, type TestApplication } from "#tests/factories/make-application.ts";
import { signInToPortal } from "#tests/factories/portal.ts";
import { query } from "#tests/harness/database.ts";

/** Makes an application of that account, as the portal shows it. */
export async function makeOwnedApplication(
  account: Pick<TestAccount, "id">,
  wanted: Parameters<typeof makeApplication>[0] = {},
): Promise<TestApplication & { path: string }> {
  const application = await makeApplication(wanted);
  await query(
    `UPDATE legrand_application SET developer_id = $2::uuid WHERE client_id = $1::uuid`,
    application.clientId,
    account.id,
  );
  return { ...application, path: `/legrand/applications/${application.clientId}` };
}

/** Makes a developer who is signed in, with an application. */
export async function makeDeveloper(
  wanted: Parameters<typeof makeApplication>[0] = {},
): Promise<{ browser: Browser; account: TestAccount; application: TestApplication & { path: string } }> {
  const { browser, account } = await signInToPortal();
  return { browser, account, application: await makeOwnedApplication(account, wanted) };
}

/** A stored secret of an application: its id, and what the portal shows of it. */
export type StoredSecret = { id: string; label: string; last_characters: string };

/** Returns the stored secrets of an application, oldest first. */
export function findSecrets(clientId: string): Promise<StoredSecret[]> {
  return query<StoredSecret>(
    `SELECT id, label, last_characters FROM legrand_client_secret WHERE client_id = $1::uuid ORDER BY created_at, id`,
    clientId,
  );
}

/** Makes a grant of that application for each of these people. */
export async function makeGrants(clientId: string, accounts: Pick<TestAccount, "id">[]): Promise<void> {
  for (const { id } of accounts) {
    await query(
      `INSERT INTO legrand_grant (id, account_id, client_id, granted_scopes, rejected_scopes, updated_at) VALUES ($1, $2::uuid, $3::uuid, '{topology.read}', '{}', now())`,
      randomUUID(),
      id,
      clientId,
    );
  }
}
