const MAX_LENGTH = 200;

/** What is searched for, from the address: one line of text, normalised as names are (NFC); empty for anything else. */
export function parseSearch(value: string | null): string {
  // PostgreSQL stores no NUL in text, and so finds none.
  return (value ?? "").replaceAll("\0", "").trim().normalize("NFC").slice(0, MAX_LENGTH);
}
