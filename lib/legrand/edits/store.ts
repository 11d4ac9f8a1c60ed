import "server-only";

import { now } from "#lib/clock.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import { fullName } from "#lib/legrand/accounts/full-name.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { checkEdit, type TypedEdit } from "#lib/legrand/edits/check-edit.ts";
import type { EditStep } from "#lib/legrand/edits/edit-step-schema.ts";
import { listChanges, versionOfStep, type Change, type Values } from "#lib/legrand/edits/values.ts";

/**
 * What was typed into a page of the editor and is not saved: wrong, in conflict or not confirmed; and which
 * version was seen then.
 */
export type EditDraft = {
  id: string;
  updatedAt: Date;
  pages: Partial<Record<EditStep, TypedEdit & { seen: string }>>;
};

/** One page of the editor as it was sent. `confirmed` are the scopes whose removal was agreed to. */
export type Edit = { step: EditStep; seen: string; typed: TypedEdit; confirmed: string[] };

/** What came of saving: `conflict` where somebody saved the same page meanwhile. */
export type SavedEdit = "saved" | "unchanged" | "conflict" | "invalid" | "unconfirmed" | "gone";

/** What this person typed into the editor of that application and has not saved, or null. */
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
 * Keeps what was typed into one page, right or wrong, for that page to show again. Null where the application
 * or the account is gone.
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

/** Forgets what was typed into one page. */
export async function dropEditDraft(
  application: OwnedApplication,
  account: LegrandAccount,
  step: EditStep,
): Promise<void> {
  await database().$transaction((transaction) => dropPage(transaction, application.clientId, account, step));
}

/** How many people granted the application one of these scopes. */
export async function countGrantsWith({ clientId }: OwnedApplication, scopes: string[]): Promise<number> {
  return scopes.length
    ? database().grant.count({ where: { clientId, grantedScopes: { hasSome: scopes } } })
    : 0;
}

/**
 * Saves one page of the editor altogether or not at all: under the application's lock it is compared with
 * what is stored then, checked, written and entered into the history. So two edits at once cannot make eleven
 * reply URLs, and the later one does not undo the other unseen. The grants are left as they are: the
 * authorization server takes a scope that is gone out of each at its next refresh, and tokens that are alive
 * keep it until then.
 */
export async function saveEdit(
  { clientId }: OwnedApplication,
  account: LegrandAccount,
  { step, seen, typed, confirmed }: Edit,
): Promise<SavedEdit> {
  return database().$transaction(async (transaction) => {
    const current = await lockValues(transaction, clientId);
    if (!current) return "gone";
    if (versionOfStep(step, current) !== seen) return "conflict";
    const { next } = checkEdit(step, current, typed);
    if (!next) return "invalid";
    const removed = current.scopes.filter((scope) => !next.scopes.includes(scope));
    if (removed.some((scope) => !confirmed.includes(scope))) return "unconfirmed";
    const changes = listChanges(step, current, next);
    if (changes.length) await write(transaction, clientId, account, { step, next, changes });
    await dropPage(transaction, clientId, account, step);
    return changes.length ? "saved" : "unchanged";
  });
}

async function lockValues(transaction: Transaction, clientId: string): Promise<Values | null> {
  await transaction.$executeRaw`SELECT FROM legrand_application WHERE client_id = ${clientId}::uuid FOR NO KEY UPDATE`;
  const [row] = await transaction.$queryRaw<
    { application: Values | null }[]
  >`SELECT legrand_application_json(${clientId}::uuid) AS application`;
  return row?.application ?? null;
}

type Write = { step: EditStep; next: Values; changes: Change[] };

async function write(
  transaction: Transaction,
  clientId: string,
  account: LegrandAccount,
  { step, next, changes }: Write,
): Promise<void> {
  await WRITERS[step](transaction, clientId, next);
  await transaction.applicationChange.create({
    data: { clientId, at: now(), who: fullName(account), what: "edited", detail: { changes } },
  });
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
  scopes: async (transaction, clientId, { scopes }) => {
    await transaction.requestedScope.deleteMany({ where: { clientId } });
    await transaction.requestedScope.createMany({ data: scopes.map((scope) => ({ clientId, scope })) });
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
