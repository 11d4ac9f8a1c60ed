import { findTraits } from "#lib/server/front/find-traits.ts";
import { pathOf } from "#lib/server/front/path-of.ts";
import { findRoute } from "#lib/server/front/routes.ts";

const isDevelopment = process.env.NODE_ENV === "development";
/**
 * What the addresses of Next itself begin with while developing. Next has more of them than the files of the
 * build: an image optimizer, data of pages, error pages.
 */
const NEXTS_OWN = "/_";

/**
 * Why Next does not see a request: nothing has that address, or it does not answer this method (RFC 9110
 * §15.5.6).
 */
export type MethodRefusal = { status: 404 } | { status: 405; allow: string };

/**
 * Decides by method and address whether Next may see a request. Returns the refusal, or null if Next may see
 * it. Throws for a target that does not decode.
 *
 * Left alone, Next answers a method without code with a 400, a 405 without `Allow`, or a failure (TRACE). It
 * treats a POST to a page as a server action (this project has none), and shows its own page for an unknown
 * address. Below /admin there is no 405, because it would reveal that the address exists.
 */
export function findRefusal(method: string, target: string): MethodRefusal | null {
  if (isDevelopment && pathOf(target).startsWith(NEXTS_OWN)) return null;
  const route = findRoute(target);
  const { isApi, isHidden } = findTraits(target);
  // The API has its own format for a missing address.
  if (!route || (route.methods.length === 0 && !isApi)) return { status: 404 };
  if (isHidden) return method !== "OPTIONS" && route.methods.includes(method) ? null : { status: 404 };
  if (route.handled.includes(method)) return null;
  return route.methods.length ? { status: 405, allow: route.methods.join(", ") } : { status: 404 };
}
