import { z } from "zod";

import { now } from "#lib/clock.ts";
import type { Administrator } from "#lib/connect/users/admin-user.ts";
import { describeSelection } from "#lib/connect/admin/actions/ask-bulk-revocation.ts";
import {
  parseSelection,
  selectionQuery,
  type Selection,
} from "#lib/connect/admin/actions/parse-selection.ts";
import { COUNTED_EXACTLY, startBulkRevocation } from "#lib/connect/admin/actions/start-bulk.store.ts";
import { reasonSchema } from "#lib/connect/admin/actions/reason-schema.ts";
import type { AuditOrigin } from "#lib/connect/audit/audit-entry.ts";
import { isUuid } from "#lib/is-uuid.ts";

/** The path of the page that asks for confirmation. */
export const QUESTION_PATH = "/admin/linked-accounts/revoke";

/** What a user can get wrong in the form, or what has changed since the question was asked. */
export type BulkProblem = "reason" | "number" | "none" | "more";

/**
 * The result of a submission. It is the id of the bulk revocation, or the problems and the selection for the
 * way back to the question. For input that none of our forms sends, it is only a sentence.
 */
export type BulkSubmission =
  | { ok: true; id: string }
  | { ok: false; problems: { problem: BulkProblem; message: string }[]; selection: Selection }
  | { ok: false; sentence: string };

const MESSAGES = {
  number: "Type the number of accounts as shown above.",
  none: "None of these accounts is still connected, so there is nothing to revoke.",
  more: "More accounts match now than you confirmed. Nothing was started: check the new number.",
} as const;

const hiddenSchema = z
  .object({
    job: z.string().refine(isUuid),
    counted: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
    exact: z.enum(["0", "1"]).transform((value) => value === "1"),
    // A small number is always exact. A form cannot bypass the limit by claiming that its number is an
    // estimate.
  })
  .refine(({ counted, exact }) => exact || counted > COUNTED_EXACTLY);

/**
 * Starts the bulk revocation that the form asks for. Throws `NotAdministratorError` if the caller lost the
 * role.
 */
export async function submitBulkRevocation(
  admin: Administrator,
  origin: AuditOrigin,
  form: URLSearchParams,
): Promise<BulkSubmission> {
  const parsed = parseSelection(form, now());
  const hidden = hiddenSchema.safeParse(Object.fromEntries(form));
  if (!parsed.ok) return parsed;
  const { selection } = parsed;
  if (!selection || !hidden.success)
    return { ok: false, sentence: "This is not the form of a bulk revocation. Nothing was changed." };
  const { job: id, counted, exact } = hidden.data;
  const reason = reasonSchema.safeParse(form.get("reason") ?? undefined);
  const isNumberTyped = selection.kind === "ids" || readNumber(form.get("number") ?? "") === counted;
  if (!reason.success || !isNumberTyped) {
    return {
      ok: false,
      selection,
      problems: [
        ...(isNumberTyped ? [] : [{ problem: "number" as const, message: MESSAGES.number }]),
        ...(reason.success ? [] : [{ problem: "reason" as const, message: reason.error.issues[0]!.message }]),
      ],
    };
  }
  const started = await startBulkRevocation({
    id,
    admin,
    origin,
    reason: reason.data,
    selection,
    words: describeSelection(selection),
    confirmed: exact ? counted : null,
  });
  return started.ok
    ? { ok: true, id }
    : { ok: false, selection, problems: [{ problem: started.reason, message: MESSAGES[started.reason] }] };
}

/** Parses a number as people write it: 12345, 12,345 or 12 345. */
function readNumber(typed: string): number {
  return /^[\d\s.,’']+$/.test(typed) ? Number(typed.replace(/\D/g, "")) : NaN;
}

/**
 * Returns the sentence for a problem that the question's URL names, or null. A problem with the reason has
 * its own notice.
 */
export function findBulkProblem(name: string): string | null {
  return Object.hasOwn(MESSAGES, name) ? MESSAGES[name as keyof typeof MESSAGES] : null;
}

/** Returns the URL of the question about this selection, with a fresh count. */
export function questionHref(selection: Selection, problems: BulkProblem[]): string {
  const query = selectionQuery(selection);
  query.delete("at");
  for (const problem of problems) query.append("problem", problem);
  return `${QUESTION_PATH}?${query}`;
}
