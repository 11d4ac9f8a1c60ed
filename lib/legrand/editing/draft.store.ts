import "server-only";

import { now } from "#lib/clock.ts";
import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import {
  findTypedSteps,
  parseDraftFields,
  type DraftFields,
  type FormStep,
} from "#lib/legrand/editing/draft-schema.ts";

/** Maximum number of unfinished registrations of one account. */
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

/** An unfinished registration in the list of drafts. */
export type ListedDraft = { id: string; name: string; updatedAt: Date };

/** Longer than any name that can be registered. */
const SHOWN_NAME_LENGTH = 200;

const FIELDS = { id: true, fields: true, logoPath: true, updatedAt: true } as const;
const toDraft = <Row extends { fields: unknown }>(row: Row) => ({
  ...row,
  fields: parseDraftFields(row.fields),
  typedSteps: findTypedSteps(row.fields),
});

/**
 * Returns the unfinished registration of this account with this id, or null. A draft of another account also
 * gives null.
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
 * Lists the unfinished registrations of the account, the most recently changed first, at most `DRAFT_LIMIT`.
 * Names are cut off at a maximum length, because they are not checked yet.
 */
export async function listDrafts(account: LegrandAccount): Promise<ListedDraft[]> {
  return database().$queryRaw`
    SELECT id::text, coalesce(left(fields->>'name', ${SHOWN_NAME_LENGTH}), '') AS name, updated_at AS "updatedAt"
    FROM legrand_application_draft WHERE developer_id = ${account.id}::uuid AND client_id IS NULL
    ORDER BY updated_at DESC LIMIT ${DRAFT_LIMIT}`;
}

/** True if the account has reached its limit of unfinished registrations. */
export async function hasAllDrafts(account: LegrandAccount): Promise<boolean> {
  return (
    (await database().applicationDraft.count({ where: { developerId: account.id, clientId: null } })) >=
    DRAFT_LIMIT
  );
}

/**
 * Saves what was typed in one step into a draft, and keeps the fields of the other steps. `logoPath` changes
 * only if given. Returns false if the account has no such draft.
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
 * Creates a draft under an id that the server chose (`issueDraftTicket`), or saves into the draft that the
 * same form created before. It refuses one draft too many (counted under a lock), an id under which an
 * application has been registered since, and an account that was deleted in the meantime.
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

/** Deletes an unfinished registration. Returns false if the account has none with this id. */
export async function deleteDraft(account: LegrandAccount, id: string): Promise<boolean> {
  if (!isClientId(id)) return false;
  return (
    (await database().applicationDraft.deleteMany({ where: { id, developerId: account.id, clientId: null } }))
      .count > 0
  );
}

/** Deletes drafts that were not changed since `moment`. Returns the number of deleted drafts. */
export async function deleteDraftsUnusedSince(moment: Date): Promise<number> {
  return (await database().applicationDraft.deleteMany({ where: { updatedAt: { lt: moment } } })).count;
}
