import { filterQuery, parseFilter, type AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { isUuid } from "#lib/is-uuid.ts";

/**
 * The selected linked accounts: those with these ids, or all that match the filter. In both cases only
 * accounts that were connected by `at` are included.
 */
export type Selection = ({ kind: "ids"; ids: string[] } | { kind: "all"; filter: AccountFilter }) & {
  at: Date;
};

/** The largest number of accounts on a page of the list. */
const MOST_SELECTED = 100;

type Parsed =
  { ok: true; selection: Selection | null; filter: AccountFilter } | { ok: false; sentence: string };

/**
 * Parses the selection of the list's form or of the confirmation form. The selection is a list of `id`
 * values, or the filter if `all=1`. `ids` is the same list, separated by commas, because our forms have at
 * most a hundred parameters. The parameter `at` is the time of the selection and defaults to `now`. The
 * selection is null if nothing was selected. If the query is invalid, returns a sentence that says why.
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

/** Returns the selection as a query, for hidden fields and for the link back to the question. */
export function selectionQuery(selection: Selection): URLSearchParams {
  const which: [string, string][] =
    selection.kind === "ids"
      ? [["ids", selection.ids.join(",")]]
      : [...filterQuery(selection.filter), ["all", "1"]];
  return new URLSearchParams([...which, ["at", selection.at.toISOString()]]);
}

// PostgreSQL does not accept year 0 or signed years.
const FIRST_MOMENT = new Date("2000-01-01T00:00:00Z");

/**
 * Reads the time of the selection, or uses `now` if none is given. Returns null if the time is invalid or in
 * the future, because the confirmation must not cover accounts that are connected later.
 */
function readMoment(given: string[], now: Date): Date | null {
  if (given.length === 0) return now;
  const at = new Date(given.length === 1 ? given[0]! : "");
  return !Number.isNaN(at.getTime()) && at.toISOString() === given[0] && at >= FIRST_MOMENT && at <= now
    ? at
    : null;
}
