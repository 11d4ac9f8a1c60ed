import { hash } from "node:crypto";

/** Crockford's alphabet: no letter that looks like a digit, and no U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;
const SENT = /^(?:LG-?)?([0-9A-HJKMNP-TV-Z]{4})-?([0-9A-HJKMNP-TV-Z]{2})$/;

/**
 * Returns the reference of a request, such as `LG-7F3K-2Q`. It is computed from the request id, so that an
 * error page can show it without a write, and every process finds it again.
 */
export function referenceOf(requestId: string): string {
  const bytes = hash("sha256", `attempt ${requestId}`, "buffer");
  const letters = [...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return `LG-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/**
 * Returns a reference that a person typed in its one spelling, or null if it cannot be one. Accepts lower case,
 * missing hyphens, and O, I and L for the digits that they look like.
 */
export function parseReference(typed: string): string | null {
  const tidy = typed.trim().toUpperCase().replace(/\s/g, "").slice(0, 20);
  const body = tidy.replace(/^LG-?/, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  const [, first, second] = SENT.exec(body) ?? [];
  return first ? `LG-${first}-${second}` : null;
}
