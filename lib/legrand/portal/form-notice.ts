import { cutText } from "#lib/graphemes.ts";
import { flashCookie, type FlashCookie } from "#lib/http/flash-cookie.ts";

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
 * Returns the notice of the page at that path. About 2,500 characters fit.
 *
 * All paths share one cookie, so that a later notice replaces an earlier one. With a cookie for each path, a
 * page would get two of the same name if their paths begin alike, in an order that no standard guarantees
 * (RFC 6265 §5.4). The context names the path.
 */
export const formNotice = (path: string): FlashCookie<FormNotice> =>
  flashCookie({
    owner: "legrand",
    name: "notice",
    context: `form-notice:${path}`,
    path: "/legrand",
    lifetimeSeconds: 60,
  });

/**
 * Returns what the user typed into those fields, cut to what a cookie can hold: more than a person types,
 * less than a form can send.
 */
export function cutTyped(form: URLSearchParams, names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, cutText(form.get(name) ?? "", 254)]));
}
