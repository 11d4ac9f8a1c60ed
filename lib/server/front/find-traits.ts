import { makePathMatcher } from "#lib/server/front/match-path.ts";
import { pathOf } from "#lib/server/front/path-of.ts";
import { ROUTE_TRAITS, UNKNOWN, type RouteTraits } from "#lib/server/front/route-traits.ts";

/** What the addresses of Next itself begin with: files of the build, and hot reload. */
export const NEXTS_PREFIX = "/_next/";

/** The row of an address with its pattern, and the address's dynamic segments in order. */
type Found = { pattern: string; traits: RouteTraits; segments: readonly string[] };

/**
 * Returns the row of the table that this path matches as it is written, and the path's dynamic segments.
 * Returns null if no row matches. `pathOf` makes the path of a request target.
 */
export function matchTraits(path: string): Found | null {
  const found = match(path);
  return found && { pattern: found.pattern, traits: found.value, segments: found.segments };
}

const match = makePathMatcher(
  Object.entries(ROUTE_TRAITS).map(([pattern, value]) => ({
    pattern,
    value,
    ...(value.methods?.segment ? { segment: value.methods.segment } : {}),
  })),
);

/**
 * Returns the traits of the page or route that answers this request target, for any spelling of its address.
 * An unknown address, a file, and a target that does not decode have the traits `UNKNOWN`.
 */
export function findTraits(target = "/"): RouteTraits {
  try {
    return match(pathOf(target))?.value ?? UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

/** True if pages at this path are sent without scripts. Development keeps the scripts, for hot reload. */
export function isScriptless(path: string): boolean {
  return process.env.NODE_ENV !== "development" && findTraits(path).isScriptless;
}
