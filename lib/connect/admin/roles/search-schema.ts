import { findRepeated, searchSchema } from "#lib/connect/admin/query-schema.ts";

/** The longest possible e-mail address (RFC 5321 §4.5.3.1.3). */
const LONGEST = 254;

const schema = searchSchema("The e-mail address or Legrand id", LONGEST);

/**
 * Parses the search in the URL: an e-mail address or a Legrand id, or null without a search. If it is
 * invalid, returns a sentence that says why.
 */
export function parsePersonSearch(
  query: URLSearchParams,
): { ok: true; wanted: string | null } | { ok: false; sentence: string } {
  const repeated = findRepeated(query, ["q"]);
  if (repeated) return { ok: false, sentence: repeated };
  const parsed = schema.safeParse(query.get("q")?.trim() || null);
  return parsed.success
    ? { ok: true, wanted: parsed.data }
    : { ok: false, sentence: parsed.error.issues[0]!.message };
}
