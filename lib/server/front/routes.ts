import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";

import { HTTP_METHODS } from "#lib/http/endpoint.ts";
import { makePathMatcher, type PathPattern } from "#lib/server/front/match-path.ts";
import { pathOf } from "#lib/server/front/path-of.ts";
import { ROUTE_TRAITS, type RouteTraits } from "#lib/server/front/route-traits.ts";

/**
 * An address below `app`, or a file. `pattern` is its path without route groups
 * (`/legrand/interaction/[uid]`). `methods` are those that the address is for. `handled` are those that its
 * code answers, even if only with its own 405, as the API does.
 */
export type Route = {
  pattern: string;
  kind: "page" | "route" | "endpoint" | "file";
  methods: readonly string[];
  handled: readonly string[];
};

const isDevelopment = process.env.NODE_ENV === "development";
const READING = ["GET", "HEAD"];
/** The pattern of every file of the build. */
export const BUILT = "(built file)";

/**
 * Returns the page, route or file that answers this request target, or null. Throws for a target that does
 * not decode.
 */
export function findRoute(target: string): Route | null {
  const path = pathOf(target);
  // While developing, a new file counts at once.
  match = isDevelopment ? makePathMatcher(listRoutes()) : (match ?? makePathMatcher(listRoutes()));
  return match(path)?.value ?? null;
}

let match: ReturnType<typeof makePathMatcher<Route>> | undefined;

/**
 * Lists the pages, routes and files wherever the application runs, and the addresses without a file of their
 * own, whose methods are in the table.
 */
function listRoutes(): PathPattern<Route>[] {
  return [
    ...globSync("app/**/{page.tsx,route.ts}").map(toRoute),
    ...Object.entries(ROUTE_TRAITS).flatMap(([pattern, traits]) =>
      traits.methods ? [toRouteOfTable(pattern, traits, traits.methods)] : [],
    ),
    ...globSync(["public/*", "app/icon.*"]).map((file) => toFile(`/${basename(file)}`, "(file)")),
    ...globSync("app/legrand/icon.*").map((file) => toFile(`/legrand/${basename(file)}`, "(file)")),
    toFile("/_next/static/[...file]", BUILT),
    ...HEALTH,
  ];
}

function toRoute(file: string): PathPattern<Route> {
  const pattern = patternOf(file);
  return {
    pattern,
    value: file.endsWith("page.tsx")
      ? { pattern, kind: "page", methods: READING, handled: READING }
      : { pattern, kind: "route", methods: methodsOf(file), handled: methodsOf(file) },
  };
}

/** Returns the pattern of a page or a route: its folders below `app`, without route groups. */
export function patternOf(file: string): string {
  const segments = dirname(file)
    .split(/[\\/]/)
    .slice(1)
    .filter((segment) => !segment.startsWith("("));
  return `/${segments.join("/")}`;
}

function toRouteOfTable(
  pattern: string,
  { kind }: RouteTraits,
  { offered, handled = offered, segment }: NonNullable<RouteTraits["methods"]>,
): PathPattern<Route> {
  return {
    pattern,
    value: { pattern, kind, methods: offered, handled },
    ...(segment ? { segment } : {}),
  };
}

const toFile = (pattern: string, name: string): PathPattern<Route> => ({
  pattern,
  value: { pattern: name, kind: "file", methods: READING, handled: READING },
});

/** The health checks, which are answered before Next (lib/server/front/health.ts). */
const HEALTH = ["/healthz", "/readyz"].map((pattern): PathPattern<Route> => ({
  pattern,
  value: { pattern, kind: "route", methods: READING, handled: READING },
}));

/**
 * Returns the methods of a route, which are those that its text exports. Next answers HEAD if there is a GET,
 * and OPTIONS always. A catch-all route has no methods of its own, only those of the addresses behind it.
 */
function methodsOf(file: string): readonly string[] {
  if (file.includes("[...")) return [];
  const exported = exportedMethods(readFileSync(file, "utf8"));
  return [...new Set([...exported, ...(exported.includes("GET") ? ["HEAD"] : []), "OPTIONS"])];
}

/**
 * Returns the methods that the text of a route exports: `export const GET = …`, `export async function GET`,
 * `export const { GET, POST: POST } = …` and `export { handler as GET }`.
 */
export function exportedMethods(text: string): string[] {
  const single = [...text.matchAll(/^export (?:const|let|async function|function) (\w+)\b/gm)];
  const braces = [...text.matchAll(/^export (?:const )?\{([^}]*)\}/gm)];
  const names = [
    ...single.map(([, name]) => name!),
    ...braces.flatMap(([, list]) =>
      list!.split(",").map((one) =>
        one
          .split(/:| as /)
          .at(-1)!
          .trim(),
      ),
    ),
  ];
  return HTTP_METHODS.filter((method) => names.includes(method));
}
