import { cutText } from "#lib/graphemes.ts";

const MAX_LENGTH = 200;

/**
 * Returns the search text from the URL: one line, normalized (NFC) like names. Returns an empty text if the URL
 * has no search.
 */
export function parseSearch(value: string | null): string {
  // PostgreSQL stores no NUL in text, so a search with one could find nothing.
  return cutText((value ?? "").replaceAll("\0", "").trim().normalize("NFC"), MAX_LENGTH);
}
