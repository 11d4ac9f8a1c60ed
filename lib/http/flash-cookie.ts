import { cookies } from "next/headers";

import { cookieName, type CookieOwner } from "#lib/cookie-name.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { setCookieLine } from "#lib/http/set-cookie-line.ts";

/** What distinguishes one flash cookie from another. */
type Description = {
  owner: CookieOwner;
  /** The cookie's name without its owner and the port. */
  name: string;
  /**
   * The encryption context. Only a value that was sealed under the same context opens. If a notice is for one
   * page, the context contains the page's path.
   */
  context: string;
  /** The path that the browser sends the cookie to. */
  path: string;
  /** Long enough for a redirect. Afterwards the notice is gone, also if no page showed it. */
  lifetimeSeconds: number;
  /**
   * The pages that show the value once: the proxy deletes the cookie with them (`endWith`). By default the
   * cookie stays until it expires, or until the next one replaces it.
   */
  shownOnceOn?: readonly string[];
  /** Restores what JSON does not have, such as dates; as `JSON.parse` takes it. */
  revive?: (key: string, value: unknown) => unknown;
};

/** A value that the answer to a form hands to the next page. */
export type FlashCookie<Value> = {
  /** Returns the `Set-Cookie` value that carries this value. */
  seal: (value: Value) => string;
  /** Returns the value in the cookie's value, or null if it is missing or forged. */
  open: (sealed: string | undefined) => Value | null;
  /** Returns the value for the page or the route that is answering, or null if it is missing or forged. */
  find: () => Promise<Value | null>;
  /** Returns the `Set-Cookie` value that deletes the cookie. */
  clear: () => string;
  /**
   * Returns the `Set-Cookie` value that deletes the cookie with the page that shows it, or null if the page
   * does not, or has no cookie. Pages cannot set cookies, so the proxy (proxy.ts) does it.
   */
  endWith: (page: string, hasCookie: (name: string) => boolean) => string | null;
};

/**
 * Describes a flash cookie: it carries one value from the answer to a form to the page after the redirect, so
 * that nothing of it is in the URL, the history or a log. The value is encrypted, because it may contain an
 * address that was typed, and because another site on this host could set a cookie with its own text.
 */
export function flashCookie<Value>(description: Description): FlashCookie<Value> {
  const { owner, name, context, path, lifetimeSeconds, shownOnceOn = [], revive } = description;
  const fullName = () => cookieName(owner, name);
  const clear = () => setCookieLine(fullName(), "", { path, lifetimeSeconds: 0 });
  const open = (sealed: string | undefined) => {
    const opened = sealed ? decryptOrNull(sealed, context) : null;
    // Only `seal` of the same context makes it, so the type is right.
    return opened === null ? null : (JSON.parse(opened, revive) as Value);
  };
  return {
    seal: (value) =>
      setCookieLine(fullName(), encrypt(JSON.stringify(value), context), { path, lifetimeSeconds }),
    open,
    find: async () => open((await cookies()).get(fullName())?.value),
    clear,
    endWith: (page, hasCookie) => (shownOnceOn.includes(page) && hasCookie(fullName()) ? clear() : null),
  };
}
