import { globSync } from "node:fs";
import { dirname } from "node:path";

type Entry = { path: RegExp; kind: "page" | "route"; rank: string };

const READING = ["GET", "HEAD", "OPTIONS"];
const isDevelopment = process.env.NODE_ENV === "development";
/** Next's own endpoints, in development only. */
const NEXTS_OWN = /^\/_/;

/**
 * What there is to refuse in a request before Next sees it: a page is only read. Next takes whatever is posted to a page for a
 * server action, of which we have none; it would log the failure in words of its own, and answer a form with "Server Action unavailable".
 * Returns the status, or null for a request that Next may answer.
 */
export function findRefusal(method: string | undefined, target: string | undefined): 404 | 405 | null {
  if (!method || READING.includes(method)) return null;
  const path = pathOf(target ?? "/");
  if (isDevelopment && NEXTS_OWN.test(path)) return null;
  // A file that is added while developing counts at once.
  entries = isDevelopment ? listEntries() : entries ?? listEntries();
  const kind = entries.find((entry) => entry.path.test(path))?.kind;
  return kind === "route" ? null : kind === "page" ? 405 : 404;
}

let entries: Entry[] | undefined;

/** The pages and routes below `app`, which is there wherever the application runs; the more telling address first, as in Next. */
function listEntries(): Entry[] {
  return globSync("app/**/{page.tsx,route.ts}").map(toEntry).sort((a, b) => (a.rank < b.rank ? -1 : 1));
}

function toEntry(file: string): Entry {
  const segments = dirname(file).split(/[\\/]/).slice(1).filter((segment) => !segment.startsWith("("));
  const pattern = segments.map((segment) => `/${segment.startsWith("[...") ? ".+" : segment.startsWith("[") ? "[^/]+" : escape(segment)}`).join("");
  return {
    path: new RegExp(`^${pattern || "/"}$`),
    kind: file.endsWith("page.tsx") ? "page" : "route",
    rank: segments.map((segment) => (segment.startsWith("[...") ? "2" : segment.startsWith("[") ? "1" : "0")).join(""),
  };
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The path that Next looks for; that it decodes has been checked. */
function pathOf(target: string): string {
  return decodeURIComponent(target.split("?")[0]!).replace(/(?<=.)\/+$/, "");
}
