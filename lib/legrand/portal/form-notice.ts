import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";
import { readCookie, sandboxCookie } from "#lib/legrand/sandbox-cookie.ts";
import { cutText } from "#lib/graphemes.ts";

/** Carries the outcome of a form post to the next page, so that nothing of it is in the address. */
const COOKIE = "notice";
const CONTEXT = "form-notice";
const LIFETIME_SECONDS = 60;

/** The message that a page shows after one of its forms was sent. Never contains a password. */
export type FormNotice = {
  /** Whether it is shown as a success or as an error. */
  tone: "success" | "error";
  /** Title of an error; "There is a problem" by default. */
  title?: string;
  /** The sentence above the form. */
  message?: string;
  /** Error messages by the names of the fields. */
  fieldErrors?: Record<string, string>;
  /** What the user typed, by field name, so that they need not type it again. */
  typed?: Record<string, string>;
};

/**
 * Returns the `Set-Cookie` value that carries a notice to the page of that path, for a minute. About 2,500
 * characters fit.
 *
 * All paths share one cookie, so that a later notice replaces an earlier one. With a cookie for each path, a
 * page would get two of the same name if their paths begin alike, in an order that no standard guarantees
 * (RFC 6265 §5.4). The seal names the path.
 */
export function sealFormNotice(path: string, notice: FormNotice): string {
  return sandboxCookie(COOKIE, encrypt(JSON.stringify(notice), `${CONTEXT}:${path}`), LIFETIME_SECONDS);
}

/** Returns the `Set-Cookie` value that deletes the notice. */
export function clearFormNotice(): string {
  return sandboxCookie(COOKIE, "", 0);
}

/** Returns the notice for the page of that path in that cookie value, or null if it is missing or forged. */
export function openFormNotice(path: string, value: string | undefined): FormNotice | null {
  try {
    return value ? (JSON.parse(decrypt(value, `${CONTEXT}:${path}`)) as FormNotice) : null;
  } catch {
    return null;
  }
}

/** Returns the notice for the handler of that path in these headers, or null. */
export function readFormNotice(path: string, headers: Headers): FormNotice | null {
  return openFormNotice(path, readCookie(COOKIE, headers));
}

/**
 * Returns what the user typed into those fields, cut to what a cookie can hold: more than a person types,
 * less than a form can send.
 */
export function keepTyped(form: URLSearchParams, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, cutText(form.get(name) ?? "", 254)]));
}
