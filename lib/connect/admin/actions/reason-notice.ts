import { cutText } from "#lib/graphemes.ts";
import { flashCookie, type FlashCookie } from "#lib/http/flash-cookie.ts";

/** Much longer than a reason may be, and short enough to fit into a cookie (RFC 6265 §6.1) when encrypted. */
const TYPED_MAX_LENGTH = 600;

/** The typed text, cut to fit, and the error message about it. */
export type ReasonNotice = { typed: string; message: string };

/** Returns the notice that carries a rejected reason back to the form at `path`, with the error. */
export function reasonNotice(path: string): FlashCookie<ReasonNotice> {
  const flash = flashCookie<ReasonNotice>({
    owner: "connect",
    name: "reason",
    context: `connect.reason:${path}`,
    path,
    lifetimeSeconds: 20,
  });
  return {
    ...flash,
    seal: ({ typed, message }) => flash.seal({ typed: cutText(typed, TYPED_MAX_LENGTH), message }),
  };
}
