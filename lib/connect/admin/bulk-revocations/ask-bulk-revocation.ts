import { randomUUID } from "node:crypto";

import { now } from "#lib/clock.ts";
import {
  parseSelection,
  selectionQuery,
  type Selection,
} from "#lib/connect/admin/bulk-revocations/parse-selection.ts";
import { countSelected } from "#lib/connect/admin/bulk-revocations/start/store.ts";
import { describeFilter } from "#lib/connect/admin/linked-accounts/describe-filter.ts";
import { filterQuery } from "#lib/connect/admin/linked-accounts/filter-schema.ts";

/**
 * What is asked before many accounts are revoked. `selected`: how many were ticked, null for a whole filter;
 * `count`: those of them that are connected, null where nothing was selected; `fields`: what the form sends
 * along, unseen.
 */
export type BulkQuestion = {
  words: string;
  isAll: boolean;
  selected: number | null;
  count: { amount: number; isExact: boolean } | null;
  fields: [string, string][];
  listHref: string;
};

/**
 * The question about what the list's form selected, counted now; or the sentence that says why that cannot be
 * meant.
 */
export async function askBulkRevocation(
  query: URLSearchParams,
): Promise<{ ok: true; question: BulkQuestion } | { ok: false; sentence: string }> {
  const parsed = parseSelection(query, now());
  if (!parsed.ok) return parsed;
  const { selection, filter } = parsed;
  const listHref = `/admin/linked-accounts?${filterQuery(filter)}`.replace(/\?$/, "");
  if (!selection)
    return {
      ok: true,
      question: { words: "", isAll: false, selected: null, count: null, fields: [], listHref },
    };
  const count = await countSelected(selection);
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

/** A selection in words that can stand behind “Revocation of”. */
export function describeSelection(selection: Selection): string {
  if (selection.kind === "all")
    return `${filterQuery(selection.filter).size > 0 ? "all that match: " : ""}${describeFilter(selection.filter)}`;
  return selection.ids.length === 1 ? "1 selected account" : `${selection.ids.length} selected accounts`;
}
