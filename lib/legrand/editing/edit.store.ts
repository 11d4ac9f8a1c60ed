import "server-only";

import { now } from "#lib/clock.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import { recordChange } from "#lib/legrand/applications/history.store.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { checkEdit, type TypedEdit } from "#lib/legrand/editing/check-edit.ts";
import type { EditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import type { TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import { toRequestedScopes } from "#lib/legrand/editing/requested-scopes.ts";
import { listChanges, versionOfStep, type Change, type Values } from "#lib/legrand/editing/edit-values.ts";

/**
 * What was typed into a page of the editor and not saved, because it has errors, conflicts or is unconfirmed;
 * and the version that the user saw.
 */
export type EditDraft = {
  id: string;
  updatedAt: Date;
  pages: Partial<Record<EditStep, TypedEdit & { seen: string }>>;
};

/** One page of the editor as it was sent. `confirmed` lists the scopes whose removal the user confirmed. */
export type Edit = { step: EditStep; seen: string; typed: TypedEdit; confirmed: string[] };

/**
 * The result of saving. `conflict` means that the same page was saved in another form since this one was
 * opened.
 */
export type SavedEdit = "saved" | "unchanged" | "conflict" | "invalid" | "unconfirmed" | "gone";

/** Returns what this user typed into the editor of the application and has not saved, or null. */
export async function findEditDraft(
  application: OwnedApplication,
  account: LegrandAccount,
): Promise<EditDraft | null> {
  const row = await database().applicationDraft.findUnique({
    where: { developerId_clientId: { developerId: account.id, clientId: application.clientId } },
    select: { id: true, fields: true, updatedAt: true },
  });
  return row && { id: row.id, updatedAt: row.updatedAt, pages: row.fields as EditDraft["pages"] };
}

/**
 * Saves what was typed into one page, valid or not, so that the page can show it again. Returns null if the
 * application or the account was deleted.
 */
export async function keepEditDraft(
  application: OwnedApplication,
  account: LegrandAccount,
  { step, seen, typed }: Omit<Edit, "confirmed">,
): Promise<Pick<EditDraft, "id" | "updatedAt"> | null> {
  const page = JSON.stringify({ [step]: { ...typed, seen } });
  const [row] = await database().$queryRaw<Pick<EditDraft, "id" | "updatedAt">[]>`
    INSERT INTO legrand_application_draft AS d (id, developer_id, client_id, fields, logo_path, updated_at)
    SELECT gen_random_uuid(), p.id, a.client_id, ${page}::jsonb, ${typed.logoPath ?? null}, ${now()}::timestamptz
    FROM legrand_account p JOIN legrand_application a ON a.developer_id = p.id
    WHERE p.id = ${account.id}::uuid AND a.client_id = ${application.clientId}::uuid FOR KEY SHARE OF p, a
    ON CONFLICT (developer_id, client_id) DO UPDATE SET fields = d.fields || excluded.fields, updated_at = excluded.updated_at,
      logo_path = CASE WHEN ${step === "description"} THEN excluded.logo_path ELSE d.logo_path END
    RETURNING id::text, updated_at AS "updatedAt"`;
  return row ?? null;
}

/** Deletes what was typed into one page. */
export async function dropEditDraft(
  application: OwnedApplication,
  account: LegrandAccount,
  step: EditStep,
): Promise<void> {
  await database().$transaction((transaction) => dropPage(transaction, application.clientId, account, step));
}

/** Returns how many people granted the application one of these scopes. */
export async function countGrantsWith({ clientId }: OwnedApplication, scopes: string[]): Promise<number> {
  return scopes.length
    ? database().grant.count({ where: { clientId, grantedScopes: { hasSome: scopes } } })
    : 0;
}

/**
 * Saves one page of the editor completely or not at all. Under the application's lock, the page is compared
 * with the stored values, checked, written and added to the history. So two concurrent edits cannot create
 * eleven reply URLs, and the later one does not silently undo the other. The grants stay as they are. The
 * authorization server removes a deleted scope from each grant at its next refresh; until then, active tokens
 * keep it.
 */
export async function saveEdit(
  application: OwnedApplication,
  account: LegrandAccount,
  edit: Edit,
): Promise<SavedEdit> {
  return database().$transaction(async (transaction) => {
    const current = await lockValues(transaction, application);
    if (!current) return "gone";
    const saved = await saveLockedEdit(transaction, { application, account, current }, edit);
    if (saved === "saved" || saved === "unchanged")
      await dropPage(transaction, application.clientId, account, edit.step);
    return saved;
  });
}

/** An application whose values were locked and read in the same transaction, and who edits it. */
type Locked = { application: OwnedApplication; account: LegrandAccount; current: Values };

/**
 * Does what `saveEdit` does, in a transaction that has locked the application with `lockValues`. What was typed
 * into the editor stays.
 */
export async function saveLockedEdit(
  transaction: Transaction,
  { application: { clientId }, account, current }: Locked,
  { step, seen, typed, confirmed }: Edit,
): Promise<Exclude<SavedEdit, "gone">> {
  if (versionOfStep(step, current) !== seen) return "conflict";
  const { next } = checkEdit(step, current, typed);
  if (!next) return "invalid";
  const removed = current.scopes.filter((scope) => !next.scopes.includes(scope));
  if (removed.some((scope) => !confirmed.includes(scope))) return "unconfirmed";
  const changes = listChanges(step, current, next);
  if (changes.length) await write(transaction, clientId, account, { step, next, changes });
  return changes.length ? "saved" : "unchanged";
}

/**
 * Locks the application until the transaction ends, and returns its values. Returns null if it was deleted.
 */
export async function lockValues(
  transaction: Transaction,
  { clientId }: OwnedApplication,
): Promise<Values | null> {
  await transaction.$executeRaw`SELECT FROM legrand_application WHERE client_id = ${clientId}::uuid FOR NO KEY UPDATE`;
  const [row] = await transaction.$queryRaw<
    { application: Values | null; scopeTerms: TermsByScope | null }[]
  >`
    SELECT legrand_application_json(${clientId}::uuid) AS application, (
      SELECT jsonb_object_agg(scope, jsonb_build_object('level', level, 'reason', coalesce(reason, '')))
      FROM legrand_requested_scope WHERE client_id = ${clientId}::uuid) AS "scopeTerms"`;
  return row?.application ? { ...row.application, scopeTerms: row.scopeTerms ?? {} } : null;
}

type Write = { step: EditStep; next: Values; changes: Change[] };

async function write(
  transaction: Transaction,
  clientId: ClientId,
  account: LegrandAccount,
  { step, next, changes }: Write,
): Promise<void> {
  await WRITERS[step](transaction, clientId, next);
  await transaction.$executeRaw(
    recordChange({ what: "edited", who: fullName(account), detail: { changes }, of: clientId }),
  );
}

const WRITERS: Record<
  EditStep,
  (transaction: Transaction, clientId: string, next: Values) => Promise<unknown>
> = {
  description: (transaction, clientId, { type, name, description, vendor, url, logoPath }) =>
    transaction.application.update({
      where: { clientId },
      data: { type, name, description, vendor, url, logoPath },
    }),
  "reply-urls": async (transaction, clientId, { replyUrls }) => {
    await transaction.replyUrl.deleteMany({ where: { clientId } });
    await transaction.replyUrl.createMany({
      data: replyUrls.map((url, index) => ({ clientId, url, position: index + 1 })),
    });
  },
  scopes: async (transaction, clientId, { scopes, scopeTerms }) => {
    await transaction.requestedScope.deleteMany({ where: { clientId } });
    await transaction.requestedScope.createMany({
      data: toRequestedScopes(scopes, scopeTerms).map((row) => ({ clientId, ...row })),
    });
  },
  compatibility: (transaction, clientId, { refreshPolicy, activationTime }) =>
    transaction.application.update({ where: { clientId }, data: { refreshPolicy, activationTime } }),
};

async function dropPage(
  transaction: Transaction,
  clientId: string,
  account: LegrandAccount,
  step: EditStep,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE legrand_application_draft SET fields = fields - ${step}::text, logo_path = CASE WHEN ${step === "description"} THEN NULL ELSE logo_path END
    WHERE developer_id = ${account.id}::uuid AND client_id = ${clientId}::uuid`;
  await transaction.$executeRaw`
    DELETE FROM legrand_application_draft WHERE developer_id = ${account.id}::uuid AND client_id = ${clientId}::uuid AND fields = '{}'::jsonb`;
}
