import { isAdministration } from "#lib/server/hide-administration.ts";
import { findRoute, pathOf } from "#lib/server/routes.ts";

const isDevelopment = process.env.NODE_ENV === "development";
/**
 * Addresses of Next itself. It has more of them than the files of the build: an image optimizer, data of
 * pages, error pages.
 */
const NEXTS_OWN = /^\/_/;
const API = /^\/legrand\/api\//;

/** Why Next does not see a request: nothing is there, or not for this method (RFC 9110 §15.5.6). */
export type MethodRefusal = { status: 404 } | { status: 405; allow: string };

/**
 * Decides by method and address whether Next may see a request. Next answers a method without code by a 400,
 * a 405 without `Allow`, or a failure (TRACE), takes what is posted to a page for a server action, of which
 * we have none, and has a page of its own for an unknown address. Returns null if Next may see the request.
 * Below /admin there is no 405: it would say that there is something. Throws for a target that does not
 * decode.
 */
export function findRefusal(method: string, target: string): MethodRefusal | null {
  if (isDevelopment && NEXTS_OWN.test(pathOf(target))) return null;
  const route = findRoute(target);
  // The API says what is not there in its own form.
  if (!route || (route.methods.length === 0 && !API.test(pathOf(target)))) return { status: 404 };
  if (isAdministration(target))
    return method !== "OPTIONS" && route.methods.includes(method) ? null : { status: 404 };
  if (route.handled.includes(method)) return null;
  return route.methods.length ? { status: 405, allow: route.methods.join(", ") } : { status: 404 };
}
