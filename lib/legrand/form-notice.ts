import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";
import { readCookie, sandboxCookie } from "#lib/legrand/sandbox-cookie.ts";
import { cutText } from "#lib/graphemes.ts";

/** Carries the outcome of a form post to the page that follows; nothing of it stands in the address. */
const COOKIE = "notice";
const CONTEXT = "form-notice";
const LIFETIME_SECONDS = 60;

/** What a page says after one of its forms was sent. Never a password. */
export type FormNotice = {
  /** Shown as done, or as what went wrong. */
  tone: "success" | "error";
  /** Heads an error; "There is a problem" where none is given. */
  title?: string;
  /** The sentence above the form. */
  message?: string;
  /** What is wrong with which field, by its name. */
  fieldErrors?: Record<string, string>;
  /** What was typed, by the field's name, to be typed once only. */
  typed?: Record<string, string>;
};

/**
 * The `Set-Cookie` value that brings a notice to the page of that path, for a minute. At most some 2,500
 * characters fit. One cookie for all paths, so that the later notice replaces the earlier one: of two with
 * the same name, whose paths begin alike, a page would get both, in an order that nobody is bound to (RFC
 * 6265 §5.4). The seal names the path.
 */
export function sealFormNotice(path: string, notice: FormNotice): string {
  return sandboxCookie(COOKIE, encrypt(JSON.stringify(notice), `${CONTEXT}:${path}`), LIFETIME_SECONDS);
}

/** The `Set-Cookie` value that takes back what no page has to say any more. */
export function clearFormNotice(): string {
  return sandboxCookie(COOKIE, "", 0);
}

/** The notice for the page of that path in that cookie value, or null for none or for a forged one. */
export function openFormNotice(path: string, value: string | undefined): FormNotice | null {
  try {
    return value ? (JSON.parse(decrypt(value, `${CONTEXT}:${path}`)) as FormNotice) : null;
  } catch {
    return null;
  }
}

/** The notice for the handler of that path that these headers bring; or null. */
export function readFormNotice(path: string, headers: Headers): FormNotice | null {
  return openFormNotice(path, readCookie(COOKIE, headers));
}

/**
 * What was typed into those fields, as far as a cookie has room for it: more than a person types, less than a
 * form can send.
 */
export function keepTyped(form: URLSearchParams, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, cutText(form.get(name) ?? "", 254)]));
}
