import { findRoute } from "#lib/server/routes.ts";
import { isAdministration } from "#lib/server/hide-administration.ts";

const READING = ["GET", "HEAD", "OPTIONS"];
const isDevelopment = process.env.NODE_ENV === "development";
/** Next's own endpoints, in development only. */
const NEXTS_OWN = /^\/_/;

/**
 * What there is to refuse in a request before Next sees it: a page is only read. Next takes whatever is posted to a page for a
 * server action, of which we have none; it would log the failure in words of its own, and answer a form with "Server Action unavailable".
 * Returns the status, or null for a request that Next may answer; below /admin it may answer all (`hideAdministration`).
 */
export function findRefusal(method: string | undefined, target: string | undefined): 404 | 405 | null {
  if (!method || READING.includes(method) || isAdministration(target)) return null;
  if (isDevelopment && NEXTS_OWN.test(target ?? "/")) return null;
  const kind = findRoute(target ?? "/")?.kind;
  return kind === "route" ? null : kind === "page" ? 405 : 404;
}
