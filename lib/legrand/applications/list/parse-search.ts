import { cutText } from "#lib/graphemes.ts";

const MAX_LENGTH = 200;

/**
 * What is searched for, from the address: one line of text, normalised as names are (NFC); empty for anything
 * else.
 */
export function parseSearch(value: string | null): string {
  // PostgreSQL stores no NUL in text, and so finds none.
  return cutText((value ?? "").replaceAll("\0", "").trim().normalize("NFC"), MAX_LENGTH);
}
