import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { isClientId } from "#lib/legrand/applications/store.ts";
import {
  findTypedSteps,
  parseDraftFields,
  type DraftFields,
  type FormStep,
} from "#lib/legrand/drafts/draft-schema.ts";

/** Most unfinished registrations of one account. */
const DRAFT_LIMIT = 20;

/** An unfinished registration. */
export type Draft = {
  id: string;
  fields: DraftFields;
  /** The steps whose form was sent or typed into. */
  typedSteps: FormStep[];
  logoPath: string | null;
  updatedAt: Date;
};

/** An unfinished registration in the list. */
export type ListedDraft = { id: string; name: string; updatedAt: Date };

/** Beyond every name that can be registered. */
const SHOWN_NAME_LENGTH = 200;

const FIELDS = { id: true, fields: true, logoPath: true, updatedAt: true } as const;
const toDraft = <Row extends { fields: unknown }>(row: Row) => ({
  ...row,
  fields: parseDraftFields(row.fields),
  typedSteps: findTypedSteps(row.fields),
});

/**
 * The unfinished registration of that account and name, or null: somebody else's is as one that does not
 * exist.
 */
export async function findDraft(account: LegrandAccount, id: string): Promise<Draft | null> {
  if (!isClientId(id)) return null;
  const row = await database().applicationDraft.findFirst({
    where: { id, developerId: account.id, clientId: null },
    select: FIELDS,
  });
  return row && toDraft(row);
}

/**
 * The unfinished registrations of the account, the last touched first; at most `DRAFT_LIMIT`. A name that is
 * no name is cut off: nobody checked it yet.
 */
export async function listDrafts(account: LegrandAccount): Promise<ListedDraft[]> {
  return database().$queryRaw`
    SELECT id::text, coalesce(left(fields->>'name', ${SHOWN_NAME_LENGTH}), '') AS name, updated_at AS "updatedAt"
    FROM legrand_application_draft WHERE developer_id = ${account.id}::uuid AND client_id IS NULL
    ORDER BY updated_at DESC LIMIT ${DRAFT_LIMIT}`;
}

/** Whether the account has as many unfinished registrations as it may have. */
export async function hasAllDrafts(account: LegrandAccount): Promise<boolean> {
  return (
    (await database().applicationDraft.count({ where: { developerId: account.id, clientId: null } })) >=
    DRAFT_LIMIT
  );
}

/**
 * Puts what was typed in one step into a draft, beside what stands there from the others. `logoPath` stays as
 * it is unless given. Returns false where the account has no such draft.
 */
export async function saveDraft(
  account: LegrandAccount,
  id: string,
  fields: Partial<DraftFields>,
  logoPath?: string | null,
): Promise<boolean> {
  if (!isClientId(id)) return false;
  return (
    (await database().$executeRaw`
    UPDATE legrand_application_draft SET fields = fields || ${JSON.stringify(fields)}::jsonb,
      logo_path = CASE WHEN ${logoPath !== undefined} THEN ${logoPath ?? null} ELSE logo_path END, updated_at = ${now()}::timestamptz
    WHERE id = ${id}::uuid AND developer_id = ${account.id}::uuid AND client_id IS NULL`) > 0
  );
}

/**
 * Makes a draft under a name of our making (`issueDraftTicket`), or saves into the one that the same form has
 * made before. Refuses one too many, counted under a lock, a name under which an application has been
 * registered meanwhile, and an account that has been deleted meanwhile.
 */
export async function createDraft(
  account: LegrandAccount,
  id: string,
  fields: Partial<DraftFields>,
  logoPath: string | null = null,
): Promise<"saved" | "too_many" | "registered" | "not_found"> {
  return database().$transaction(async (transaction) => {
    const locked = await transaction.$queryRaw<
      unknown[]
    >`SELECT 1 FROM legrand_account WHERE id = ${account.id}::uuid FOR NO KEY UPDATE`;
    if (!locked.length) return "not_found";
    if (await transaction.application.count({ where: { clientId: id } })) return "registered";
    const drafts = await transaction.applicationDraft.findMany({
      where: { developerId: account.id, clientId: null },
      select: { id: true },
    });
    if (drafts.every((draft) => draft.id !== id) && drafts.length >= DRAFT_LIMIT) return "too_many";
    await transaction.$executeRaw`
      INSERT INTO legrand_application_draft AS d (id, developer_id, fields, logo_path, updated_at)
      VALUES (${id}::uuid, ${account.id}::uuid, ${JSON.stringify(fields)}::jsonb, ${logoPath}, ${now()}::timestamptz)
      ON CONFLICT (id) DO UPDATE SET fields = d.fields || excluded.fields, logo_path = coalesce(excluded.logo_path, d.logo_path), updated_at = excluded.updated_at`;
    return "saved";
  });
}

/** Deletes an unfinished registration. Returns false where the account has none of that name. */
export async function deleteDraft(account: LegrandAccount, id: string): Promise<boolean> {
  if (!isClientId(id)) return false;
  return (
    (await database().applicationDraft.deleteMany({ where: { id, developerId: account.id, clientId: null } }))
      .count > 0
  );
}

/** Deletes what nobody has typed into since that moment; returns how many drafts went. */
export async function deleteDraftsUnusedSince(moment: Date): Promise<number> {
  return (await database().applicationDraft.deleteMany({ where: { updatedAt: { lt: moment } } })).count;
}
