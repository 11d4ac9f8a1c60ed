import { isIP } from "node:net";

import { z } from "zod";

import { isPublicAddress } from "#lib/legrand/webhooks/public-address.ts";

const MAX_LENGTH = 1000;
const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

const endPointUrl = (mayBeLocal: boolean) =>
  z
    .string("has to be a URL")
    .max(MAX_LENGTH, `has to be at most ${MAX_LENGTH} characters long`)
    .transform((text, context) => {
      const url = URL.parse(text);
      // The fragment is never sent. If it were kept, a different fragment would make the same endpoint appear
      // new, without its ban.
      if (url) url.hash = "";
      const problem = url ? findProblem(url, mayBeLocal) : "has to be a URL";
      if (!problem && url && url.href.length <= MAX_LENGTH) return url.href;
      context.addIssue(problem ?? `has to be at most ${MAX_LENGTH} characters long`);
      return z.NEVER;
    });

/**
 * The body of a request to subscribe. Allows only https endpoints on the internet (Legrand, C2C webhooks).
 * With `mayBeLocal`, also http on this machine, and addresses in its network.
 */
export const endPointSchema = (mayBeLocal: boolean) =>
  z.object({ EndPointUrl: endPointUrl(mayBeLocal) }, "has to be an object with EndPointUrl");

function findProblem(url: URL, mayBeLocal: boolean): string | null {
  const isHere = THIS_MACHINE.includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isHere && mayBeLocal))
    return "has to begin with https://";
  if (url.username || url.password) return "has a user name or a password in it";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // The address that a name resolves to is checked at each notification.
  return !mayBeLocal && (isHere || (isIP(host) && !isPublicAddress(host)))
    ? "leads to an address that is not public"
    : null;
}
