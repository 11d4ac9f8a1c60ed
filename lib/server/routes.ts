import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** An address below `app`: how it is written there, without groups (`/legrand/interaction/[uid]`), what answers, and to which methods. */
export type Route = { pattern: string; kind: "page" | "route"; methods: readonly string[] };
type Entry = Route & { path: RegExp; rank: string };

const isDevelopment = process.env.NODE_ENV === "development";
/** What a route with one entrance for many endpoints is asked for; anything else stays within the brackets. */
const ENDPOINTS = new Set([
  "authorize", "token", "jwks", "userinfo", "revoke", "introspect", ".well-known/openid-configuration",
  "providers", "csrf", "session", "signin/legrand", "callback/legrand", "signout", "error",
]);

/** The page or route that Next answers that request target with, or null. Throws for a target that does not decode. */
export function findRoute(target: string): Route | null {
  const path = pathOf(target);
  // A file that is added while developing counts at once.
  entries = isDevelopment ? listEntries() : entries ?? listEntries();
  const entry = entries.find((one) => one.path.test(path));
  return entry ? { kind: entry.kind, methods: entry.methods, pattern: withEndpoint(entry, path) } : null;
}

const READING = ["GET", "HEAD"];

let entries: Entry[] | undefined;

/** The pages and routes below `app`, which is there wherever the application runs; the more telling address first, as in Next. */
function listEntries(): Entry[] {
  return globSync("app/**/{page.tsx,route.ts}").map(toEntry).sort((a, b) => (a.rank < b.rank ? -1 : 1));
}

function toEntry(file: string): Entry {
  const segments = dirname(file).split(/[\\/]/).slice(1).filter((segment) => !segment.startsWith("("));
  const path = segments.map((segment) => `/${segment.startsWith("[...") ? ".+" : segment.startsWith("[") ? "[^/]+" : escape(segment)}`).join("");
  return {
    pattern: `/${segments.join("/")}`,
    path: new RegExp(`^${path || "/"}$`),
    kind: file.endsWith("page.tsx") ? "page" : "route",
    methods: file.endsWith("page.tsx") ? READING : methodsOf(file),
    rank: segments.map((segment) => (segment.startsWith("[...") ? "2" : segment.startsWith("[") ? "1" : "0")).join(""),
  };
}

/** What a route exports: Next takes HEAD for a GET without a body. */
function methodsOf(file: string): string[] {
  const exported = [...readFileSync(file, "utf8").matchAll(/^export (?:const|async function|function) ([A-Z]+)\b/gm)].map(([, name]) => name!);
  return exported.includes("GET") ? [...exported, "HEAD"] : exported;
}

function withEndpoint({ pattern }: Entry, path: string): string {
  const begin = pattern.indexOf("[...");
  const endpoint = path.slice(begin);
  return begin > 0 && ENDPOINTS.has(endpoint) ? pattern.slice(0, begin) + endpoint : pattern;
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The path that Next looks for: decoded, without the query and slashes at its end. Throws for a target that does not decode. */
export function pathOf(target: string): string {
  return decodeURIComponent(target.split("?")[0]!).replace(/(?<=.)\/+$/, "");
}
