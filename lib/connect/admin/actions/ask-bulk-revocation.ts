import { randomUUID } from "node:crypto";

import { now } from "#lib/clock.ts";
import {
  parseSelection,
  selectionQuery,
  type Selection,
} from "#lib/connect/admin/actions/parse-selection.ts";
import { countSelected } from "#lib/connect/admin/actions/start-bulk.store.ts";
import { describeFilter } from "#lib/connect/admin/accounts/describe-filter.ts";
import { filterQuery } from "#lib/connect/admin/accounts/filter-schema.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";

/**
 * The question before many accounts are revoked. `selected`: how many were ticked, or null for a whole
 * filter. `count`: how many of them are connected, or null if nothing was selected. `fields`: the hidden
 * fields of the form.
 */
export type BulkRevocationQuestion = {
  words: string;
  isAll: boolean;
  selected: number | null;
  count: { amount: number; isExact: boolean } | null;
  fields: [string, string][];
  listHref: string;
};

/**
 * Builds the question about what the list's form selected, with a fresh count. If the selection is invalid,
 * returns a sentence that says why.
 */
export async function askBulkRevocation(
  admin: AdminUser,
  query: URLSearchParams,
): Promise<{ ok: true; question: BulkRevocationQuestion } | { ok: false; sentence: string }> {
  const parsed = parseSelection(query, now());
  if (!parsed.ok) return parsed;
  const { selection, filter } = parsed;
  const listHref = `/admin/linked-accounts?${filterQuery(filter)}`.replace(/\?$/, "");
  if (!selection)
    return {
      ok: true,
      question: { words: "", isAll: false, selected: null, count: null, fields: [], listHref },
    };
  const count = await countSelected(admin, selection);
  const fields: [string, string][] = [
    ...selectionQuery(selection),
    ["job", randomUUID()],
    ["counted", String(count.amount)],
    ["exact", count.isExact ? "1" : "0"],
  ];
  const what =
    selection.kind === "all"
      ? { words: describeFilter(selection.filter), isAll: true, selected: null }
      : { words: describeSelection(selection), isAll: false, selected: selection.ids.length };
  return { ok: true, question: { ...what, count, fields, listHref } };
}

/** Describes a selection in words that can follow “Revocation of”. */
export function describeSelection(selection: Selection): string {
  if (selection.kind === "all")
    return `${filterQuery(selection.filter).size > 0 ? "all that match: " : ""}${describeFilter(selection.filter)}`;
  return selection.ids.length === 1 ? "1 selected account" : `${selection.ids.length} selected accounts`;
}
