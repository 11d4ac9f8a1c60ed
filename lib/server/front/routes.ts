import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";

import { OAUTH_METADATA } from "#lib/server/front/rewrite-target.ts";

/**
 * An address below `app`, or a file. `pattern` is its path without route groups
 * (`/legrand/interaction/[uid]`). `methods` are those that the address is for. `handled` are those that its
 * code answers, even if only with its own 405, as the API does.
 */
export type Route = {
  pattern: string;
  kind: "page" | "route" | "file";
  methods: readonly string[];
  handled: readonly string[];
};
type Entry = Route & { path: RegExp; rank: string };

const isDevelopment = process.env.NODE_ENV === "development";
const READING = ["GET", "HEAD"];
/** Methods of next-auth's endpoints. Next itself answers OPTIONS. */
const NEXT_AUTH = ["GET", "HEAD", "POST", "OPTIONS"];
const METADATA = ["GET", "HEAD", "OPTIONS"];
/**
 * The endpoints behind the two catch-all routes, with the methods that each answers. OPTIONS is among them
 * where the library answers preflight requests (Fetch §4.8). Any other address keeps the pattern of its
 * catch-all route.
 */
const ENDPOINTS = new Map([
  ["authorize", ["GET", "HEAD", "POST"]],
  ["token", ["POST", "OPTIONS"]],
  ["jwks", ["GET", "HEAD", "OPTIONS"]],
  ["userinfo", ["GET", "HEAD", "POST", "OPTIONS"]],
  ["revoke", ["POST", "OPTIONS"]],
  ["introspect", ["POST"]],
  [".well-known/openid-configuration", METADATA],
  [".well-known/oauth-authorization-server", METADATA],
  ...["providers", "csrf", "session", "signin/legrand", "callback/legrand", "signout", "error"].map(
    (name) => [name, NEXT_AUTH] as const,
  ),
]);

/** Where the library resumes an authorization request after sign-in or consent. */
const RESUMED = /^authorize\/[\w-]+$/;

/**
 * Returns the page, route or file that answers this request target, or null. Throws for a target that does
 * not decode.
 */
export function findRoute(target: string): Route | null {
  const path = pathOf(target);
  // While developing, a new file counts at once.
  entries = isDevelopment ? listEntries() : (entries ?? listEntries());
  const entry = entries.find((one) => one.path.test(path));
  return entry ? narrow(entry, path) : null;
}

/**
 * Returns the path that Next looks up, in which an encoded slash is part of its segment. Throws for a target
 * that does not decode.
 */
export function pathOf(target: string): string {
  const segments = target
    .split("?")[0]!
    .split("/")
    .map((segment) => decodeURIComponent(segment).replaceAll("/", "%2F"));
  return segments.join("/").replace(/(?<=.)\/+$/, "");
}

let entries: Entry[] | undefined;

/**
 * Lists the pages, routes and files wherever the application runs. More specific addresses come first, as in
 * Next.
 */
function listEntries(): Entry[] {
  const answered = globSync("app/**/{page.tsx,route.ts}")
    .map(toEntry)
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return [...answered, ...globSync(["public/*", "app/icon.*"]).map(toFile), BUILT, ...HEALTH, REWRITTEN];
}

function toEntry(file: string): Entry {
  const segments = dirname(file)
    .split(/[\\/]/)
    .slice(1)
    .filter((segment) => !segment.startsWith("("));
  const path = segments
    .map(
      (segment) =>
        `/${segment.startsWith("[...") ? ".+" : segment.startsWith("[") ? "[^/]+" : escape(segment)}`,
    )
    .join("");
  return {
    pattern: `/${segments.join("/")}`,
    path: new RegExp(`^${path || "/"}$`),
    rank: segments
      .map((segment) => (segment.startsWith("[...") ? "2" : segment.startsWith("[") ? "1" : "0"))
      .join(""),
    ...(file.endsWith("page.tsx")
      ? { kind: "page", methods: READING, handled: READING }
      : { kind: "route", ...methodsOf(file) }),
  };
}

const toFile = (file: string): Entry => ({
  ...BUILT,
  pattern: "(file)",
  path: new RegExp(`^/${escape(basename(file))}$`),
});
const BUILT: Entry = {
  pattern: "(built file)",
  path: /^\/_next\/static\/./,
  rank: "",
  kind: "file",
  methods: READING,
  handled: READING,
};
/** The health checks, which are answered before Next (lib/server/front/health.ts). */
const HEALTH = ["/healthz", "/readyz"].map((pattern): Entry => ({
  ...BUILT,
  pattern,
  path: new RegExp(`^${pattern}$`),
  kind: "route",
}));

/** The metadata, which Next answers under another address (lib/server/front/rewrite-target.ts). */
const REWRITTEN: Entry = {
  pattern: OAUTH_METADATA.asked,
  path: new RegExp(`^${escape(OAUTH_METADATA.asked)}$`),
  rank: "",
  kind: "route",
  methods: METADATA,
  handled: METADATA,
};

/**
 * Returns the methods that a route exports, or offers through `operations` of the API. Next answers HEAD if
 * there is a GET, and OPTIONS always.
 */
function methodsOf(file: string): { methods: string[]; handled: string[] } {
  const text = readFileSync(file, "utf8");
  const exported = [...text.matchAll(/^export (?:const|async function|function) ([A-Z]+)\b/gm)].map(
    ([, name]) => name!,
  );
  const handled = /^export const \{ ([A-Z, ]+) \} =/m.exec(text)?.[1]!.split(", ");
  const offered = handled ? [...text.matchAll(/\b([A-Z]+): \{/g)].map(([, name]) => name!) : exported;
  const methods = [...new Set([...offered, ...(offered.includes("GET") ? ["HEAD"] : []), "OPTIONS"])];
  return { methods, handled: handled ?? methods };
}

/**
 * Narrows a catch-all route to the endpoint that the path names. The discovery of one application is an
 * endpoint too. Any other address has no methods, and the route answers 404.
 */
function narrow({ kind, methods, handled, pattern }: Entry, path: string): Route {
  const begin = pattern.indexOf("[...");
  if (begin < 0) return { kind, methods, handled, pattern };
  const endpoint = path.slice(begin);
  // Below the APIs no address is an endpoint of the authorization server, whatever its name.
  const known = pattern.endsWith("[...unknown]")
    ? undefined
    : ENDPOINTS.get(endpoint.replace(/^[^/]+\/(?=\.well-known\/)/, ""));
  const its = RESUMED.test(endpoint) ? READING : known;
  if (!its) return { kind, methods: [], handled, pattern };
  return {
    kind,
    methods: its,
    handled: its,
    pattern: ENDPOINTS.has(endpoint) ? pattern.slice(0, begin) + endpoint : pattern,
  };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
