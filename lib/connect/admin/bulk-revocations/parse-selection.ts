import {
  filterQuery,
  parseFilter,
  type AccountFilter,
} from "#lib/connect/admin/linked-accounts/filter-schema.ts";
import { isUuid } from "#lib/is-uuid.ts";

/**
 * Which linked accounts are meant: those of these ids, or all that the filter means; of either those that
 * were connected until `at`.
 */
export type Selection = ({ kind: "ids"; ids: string[] } | { kind: "all"; filter: AccountFilter }) & {
  at: Date;
};

/** The most accounts that a page of the list has. */
const MOST_SELECTED = 100;

type Parsed =
  { ok: true; selection: Selection | null; filter: AccountFilter } | { ok: false; sentence: string };

/**
 * What the list's form, or the question's, selects: `id` values (or `ids`, with commas: a form of ours has no
 * more than a hundred parameters), or with `all=1` the filter; at the moment `at` (`now` where there is
 * none). Null where nothing was selected; a sentence where it cannot be meant.
 */
export function parseSelection(query: URLSearchParams, now: Date): Parsed {
  const parsed = parseFilter(query);
  if (!parsed.ok) return parsed;
  const { filter } = parsed;
  const all = query.getAll("all");
  if (all.length > 1 || (all[0] && all[0] !== "1"))
    return { ok: false, sentence: "The parameter all can only be 1, once." };
  const at = readMoment(query.getAll("at"), now);
  if (!at) return { ok: false, sentence: "The parameter “at” must be a time in the past." };
  if (all[0]) return { ok: true, selection: { kind: "all", filter, at }, filter };
  const ids = [
    ...new Set(
      [...query.getAll("id"), ...query.getAll("ids").flatMap((list) => list.split(","))].filter(Boolean),
    ),
  ];
  if (ids.length > MOST_SELECTED)
    return {
      ok: false,
      sentence: `More than ${MOST_SELECTED} accounts are selected, which is more than a page of the list has.`,
    };
  if (!ids.every(isUuid)) return { ok: false, sentence: "One of the selected accounts has an invalid id." };
  return { ok: true, selection: ids.length ? { kind: "ids", ids, at } : null, filter };
}

/** The same selection as a query, for hidden fields and for the way back to the question. */
export function selectionQuery(selection: Selection): URLSearchParams {
  const which: [string, string][] =
    selection.kind === "ids"
      ? [["ids", selection.ids.join(",")]]
      : [...filterQuery(selection.filter), ["all", "1"]];
  return new URLSearchParams([...which, ["at", selection.at.toISOString()]]);
}

// PostgreSQL knows no year 0 and none with a sign.
const FIRST_MOMENT = new Date("2000-01-01T00:00:00Z");

/** Null for what is none, or lies ahead: what was confirmed is not what is connected later. */
function readMoment(given: string[], now: Date): Date | null {
  if (given.length === 0) return now;
  const at = new Date(given.length === 1 ? given[0]! : "");
  return !Number.isNaN(at.getTime()) && at.toISOString() === given[0] && at >= FIRST_MOMENT && at <= now
    ? at
    : null;
}
