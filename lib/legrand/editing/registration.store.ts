import "server-only";

import { now } from "#lib/clock.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { isClientId, type ClientId } from "#lib/legrand/applications/client-id.ts";
import { recordChange } from "#lib/legrand/applications/history.store.ts";
import { checkDraft, type Registration } from "#lib/legrand/editing/check-draft.ts";
import { parseDraftFields } from "#lib/legrand/editing/draft-schema.ts";
import { toRequestedScopes } from "#lib/legrand/editing/requested-scopes.ts";
import { versionOf } from "#lib/legrand/editing/registered-version.ts";

/** Maximum number of applications of one account. */
export const APPLICATION_LIMIT = 100;

/**
 * The result of a registration. `gone`: the account has no such draft, or no longer. `changed`: the draft is
 * not the one that was reviewed.
 */
export type Registered = "registered" | "gone" | "changed" | "incomplete" | "too_many";

/**
 * Turns a draft into an application whose `client_id` is the draft's id, in one transaction. The draft is
 * locked and checked again as it is stored then. If two requests validate the same draft, the second finds it
 * gone. `reviewed` is the version that the user saw, or null.
 */
export async function registerDraft(
  account: LegrandAccount,
  id: string,
  reviewed: string | null,
): Promise<Registered> {
  if (!isClientId(id)) return "gone";
  return database().$transaction(async (transaction) => {
    // Locks the account before the draft, in the same order as when drafts are created. In different orders,
    // two transactions could deadlock.
    await transaction.$executeRaw`SELECT FROM legrand_account WHERE id = ${account.id}::uuid FOR NO KEY UPDATE`;
    const [draft] = await transaction.$queryRaw<{ fields: unknown; logoPath: string | null }[]>`
      SELECT fields, logo_path AS "logoPath" FROM legrand_application_draft
      WHERE id = ${id}::uuid AND developer_id = ${account.id}::uuid AND client_id IS NULL FOR UPDATE`;
    if (!draft) return "gone";
    const fields = parseDraftFields(draft.fields);
    if (reviewed !== null && reviewed !== versionOf({ ...fields, logoPath: draft.logoPath }))
      return "changed";
    const { registration } = checkDraft(fields);
    if (!registration) return "incomplete";
    if ((await transaction.application.count({ where: { developerId: account.id } })) >= APPLICATION_LIMIT)
      return "too_many";
    await transaction.applicationDraft.delete({ where: { id } });
    await insertApplication(transaction, account, id, { ...registration, logoPath: draft.logoPath });
    return "registered";
  });
}

/** True if the account has the maximum number of applications. */
export async function hasAllApplications(account: LegrandAccount): Promise<boolean> {
  return (await database().application.count({ where: { developerId: account.id } })) >= APPLICATION_LIMIT;
}

async function insertApplication(
  transaction: Transaction,
  account: LegrandAccount,
  clientId: ClientId,
  { replyUrls, scopes, scopeTerms, ...description }: Registration & { logoPath: string | null },
): Promise<void> {
  await transaction.application.create({
    data: {
      clientId,
      developerId: account.id,
      ...description,
      createdAt: now(),
      replyUrls: { createMany: { data: replyUrls.map((url, index) => ({ url, position: index + 1 })) } },
      requestedScopes: { createMany: { data: toRequestedScopes(scopes, scopeTerms) } },
    },
  });
  await transaction.$executeRaw(
    recordChange({ what: "registered", who: fullName(account), detail: {}, of: clientId }),
  );
}
