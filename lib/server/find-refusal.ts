import { findRoute } from "#lib/server/routes.ts";

const READ = ["GET", "HEAD"];
const READING = [...READ, "OPTIONS"];
const ADMINISTRATION = /^\/admin(?![^/])/;
/** An address that no file answers. */
const NOWHERE = "/admin/-";
const isDevelopment = process.env.NODE_ENV === "development";
/** Next's own endpoints, in development only. */
const NEXTS_OWN = /^\/_/;

/**
 * What there is to refuse in a request before Next sees it: a page is only read. Next takes whatever is posted to a page for a
 * server action, of which we have none; it would log the failure in words of its own, and answer a form with "Server Action unavailable".
 * Returns the status, or null for a request that Next may answer.
 */
export function findRefusal(method: string | undefined, target: string | undefined): 404 | 405 | null {
  if (!method) return null;
  if (isHidden(method, target)) return READ.includes(method) ? null : 404;
  if (READING.includes(method)) return null;
  if (isDevelopment && NEXTS_OWN.test(target ?? "/")) return null;
  const kind = findRoute(target ?? "/")?.kind;
  return kind === "route" ? null : kind === "page" ? 405 : 404;
}

/**
 * The request target that Next is asked for. Below /admin another method than the one that is answered there finds nothing, where elsewhere
 * a 405 would say that there is something: whoever has no role learns nothing of what there is.
 */
export function hideAdministration(method: string | undefined, target: string | undefined): string | undefined {
  return method && isHidden(method, target) ? NOWHERE : target;
}

function isHidden(method: string, target = "/"): boolean {
  const path = decodeURIComponent(target.split("?")[0]!);
  return ADMINISTRATION.test(path) && !findRoute(target)?.methods.includes(method);
}
