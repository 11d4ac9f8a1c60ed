import { matchTraits } from "#lib/server/front/find-traits.ts";

/**
 * Returns the request target under which Next answers a request. Removes a trailing slash from addresses that
 * only programs call, because many programs do not follow a redirect of a POST. Pages keep Next's redirect,
 * because the rules for their scripts and for the kept mail match exact addresses. Call it after every check
 * of the address.
 */
export function rewriteTarget(target: string): string {
  const [path = "", ...query] = target.split("?");
  const plain = path.replace(/(?<=[^/])\/$/, "");
  // Matches the path as it is written: an encoded spelling keeps Next's redirect.
  const traits = matchTraits(plain)?.traits;
  const rewritten = traits?.answeredAt ?? (traits?.audience === "program" ? plain : path);
  return [rewritten, ...query].join("?");
}
