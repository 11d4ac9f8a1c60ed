import { randomUUID } from "node:crypto";

import { now } from "#lib/clock.ts";
import {
  parseSelection,
  selectionQuery,
  type Selection,
} from "#lib/connect/admin/actions/parse-selection.ts";
import { countSelected } from "#lib/connect/admin/actions/start-bulk.store.ts";
import { describeFilter } from "#lib/connect/admin/accounts/describe-filter.ts";
import { filterQuery, type AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { pageQuery, parseListRequest } from "#lib/connect/admin/accounts/list-schema.ts";
import type { AdminUser } from "#lib/connect/users/admin-user.ts";

/**
 * The question before many accounts are revoked. `selected`: how many were ticked, or null for a whole
 * filter. `count`: how many of them are connected. `fields`: the hidden fields of the form.
 */
export type BulkRevocationQuestion = {
  words: string;
  isAll: boolean;
  selected: number | null;
  count: { amount: number; isExact: boolean };
  fields: [string, string][];
};

/**
 * The question, or null if nothing was selected, and the address of the list that the form was on. If the
 * selection is invalid, a sentence that says why.
 */
type AskedRevocation =
  { ok: true; question: BulkRevocationQuestion | null; listHref: string } | { ok: false; sentence: string };

/** Builds the question about what the list's form selected, with a fresh count. */
export async function askBulkRevocation(admin: AdminUser, query: URLSearchParams): Promise<AskedRevocation> {
  const parsed = parseSelection(query, now());
  if (!parsed.ok) return parsed;
  const { selection, filter } = parsed;
  const listHref = `/admin/linked-accounts?${listQueryOf(query, filter)}`.replace(/\?$/, "");
  if (!selection) return { ok: true, question: null, listHref };
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
  return { ok: true, question: { ...what, count, fields }, listHref };
}

/** Returns the query of the list's page that the form was on. Without a valid one, the first page. */
function listQueryOf(query: URLSearchParams, filter: AccountFilter): URLSearchParams {
  const list = parseListRequest(query);
  return list.ok ? pageQuery(list.request) : filterQuery(filter);
}

/** Describes a selection in words that can follow “Revocation of”. */
export function describeSelection(selection: Selection): string {
  if (selection.kind === "all")
    return `${filterQuery(selection.filter).size > 0 ? "all that match: " : ""}${describeFilter(selection.filter)}`;
  return selection.ids.length === 1 ? "1 selected account" : `${selection.ids.length} selected accounts`;
}
