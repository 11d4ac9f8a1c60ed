import { globSync, readFileSync } from "node:fs";

import {
  unstable_doesMiddlewareMatch as isMatched,
  unstable_getResponseFromNextConfig as answerOfConfig,
} from "next/experimental/testing/server";
import { describe, expect, test } from "vitest";

import { acceptJson } from "#lib/legrand/authorization-server/program-endpoints.ts";
import { ENDPOINTS } from "#lib/legrand/authorization-server/endpoints.ts";
import { HTTP_METHODS, type Endpoint } from "#lib/http/endpoint.ts";
import { SANDBOX_ENDPOINTS } from "#lib/legrand/endpoints.ts";
import { POLICY_HEADERS } from "#lib/server/documents/policy-headers.ts";
import { findTraits, isScriptless, matchTraits } from "#lib/server/front/find-traits.ts";
import { pathOf } from "#lib/server/front/path-of.ts";
import { ROUTE_TRAITS, UNKNOWN, type RouteTraits } from "#lib/server/front/route-traits.ts";
import { findRoute, patternOf } from "#lib/server/front/routes.ts";

type Rows = Readonly<Record<string, RouteTraits>>;
const FILES = globSync("app/**/{page.tsx,route.ts}").sort();
const ROWS = Object.entries(ROUTE_TRAITS);
/** An address with that pattern. */
const addressOf = (pattern: string) => pattern.replace(/\[[^\]]*\]/g, "x");
const namesOf = (holds: (row: RouteTraits, pattern: string) => boolean) =>
  ROWS.filter(([pattern, row]) => holds(row, pattern)).map(([pattern]) => pattern);

/** Returns what differs between the rows of the table, the files of `app`, and the endpoints of the sandbox. */
function compareWithCode(
  rows: Rows,
  files: readonly string[],
  endpoints: Readonly<Record<string, Endpoint>>,
): string[] {
  const kinds = new Map<string, RouteTraits["kind"]>([
    ...files.map((file) => [patternOf(file), file.endsWith("page.tsx") ? "page" : "route"] as const),
    ...Object.keys(endpoints).map((pattern) => [pattern, "endpoint"] as const),
  ]);
  return [
    ...[...kinds].flatMap(([pattern, kind]) =>
      rows[pattern] && !rows[pattern].methods?.behind
        ? rows[pattern].kind === kind
          ? []
          : [`${pattern} is a ${kind}`]
        : [`${pattern} has no row`],
    ),
    ...Object.entries(rows).flatMap(([pattern, { methods }]) =>
      kinds.has(methods?.behind ?? pattern) ? [] : [`${pattern} names nothing in the code`],
    ),
  ];
}

describe("the table has one row for each page, route and endpoint, and no other", () => {
  test("compared with the files of app and the endpoints of the sandbox", () => {
    expect(FILES.length).toBeGreaterThan(100);
    expect(compareWithCode(ROUTE_TRAITS, FILES, SANDBOX_ENDPOINTS)).toEqual([]);
  });

  test("a new page, a page that became a route, a row of a deleted page, and a lost catch-all are found", () => {
    const { "/api/auth/session": session, "/account": account, "/legrand/token": token } = ROUTE_TRAITS;
    expect(compareWithCode({}, ["app/(connect)/new/[id]/page.tsx"], {})).toEqual(["/new/[id] has no row"]);
    expect(compareWithCode({ "/account": account! }, ["app/account/route.ts"], {})).toEqual([
      "/account is a route",
    ]);
    expect(compareWithCode({ "/gone": account! }, [], {})).toEqual(["/gone names nothing in the code"]);
    expect(compareWithCode({ "/api/auth/session": session! }, [], {})).toEqual([
      "/api/auth/session names nothing in the code",
    ]);
    expect(
      compareWithCode({ "/api/auth/session": session! }, ["app/api/auth/session/route.ts"], {}),
    ).toContain("/api/auth/session has no row");
    expect(compareWithCode({}, [], { "/legrand/new": {} })).toEqual(["/legrand/new has no row"]);
    expect(compareWithCode({ "/legrand/token": token! }, ["app/legrand/token/route.ts"], {})).toEqual([
      "/legrand/token is a route",
    ]);
  });

  test.each(Object.entries(SANDBOX_ENDPOINTS))("%s has the methods of its handlers", (pattern, endpoint) => {
    const handled = HTTP_METHODS.filter((method) => endpoint[method] ?? (method === "HEAD" && endpoint.GET));
    const { kind, methods, handled: listed } = findRoute(addressOf(pattern))!;
    expect(kind).toBe("endpoint");
    expect([...listed].sort()).toEqual([...handled].sort());
    expect(handled).toEqual(expect.arrayContaining([...methods]));
  });

  test.each(ROWS.filter(([, row]) => row.isApi))(
    "%s names its methods as its code does",
    async (pattern, row) => {
      const offered = row.methods!.offered;
      const answer = await SANDBOX_ENDPOINTS[pattern]!.OPTIONS!(
        { method: "OPTIONS", url: "http://localhost/", headers: new Headers(), body: null },
        {},
      );
      expect(answer.headers.get("allow")).toBe(
        offered.length ? HTTP_METHODS.filter((method) => offered.includes(method)).join(", ") : null,
      );
    },
  );

  test.each(ROWS)("%s is found by an address with that pattern", (pattern, row) => {
    expect(findTraits(addressOf(pattern))).toBe(row);
    expect(findRoute(addressOf(pattern))?.kind).toBe(row.kind);
  });
});

describe("a trait that a part of the site needs is in each of its rows, and in no other", () => {
  const within = (part: string) =>
    namesOf((_, pattern) => pattern === part || pattern.startsWith(`${part}/`));

  test("below /admin everything is hidden without a role", () => {
    expect(namesOf((row) => row.isHidden)).toEqual(within("/admin"));
  });

  test("everything of the sandbox goes with it, and sends no address to another page", () => {
    const sandbox = [...within("/legrand"), "/.well-known/oauth-authorization-server/legrand"].sort();
    expect(namesOf((row) => row.isSandbox).sort()).toEqual(sandbox);
    expect(namesOf((row) => row.referrerPolicy === "no-referrer").sort()).toEqual(sandbox);
  });

  test("kept mail is guarded", () => {
    expect(namesOf((row) => row.isKeptMail)).toEqual(within("/legrand/mail"));
  });

  test("the APIs answer in a format of their own, and in JSON", () => {
    expect(namesOf((row) => row.isApi)).toEqual(within("/legrand/api"));
    expect(namesOf((row) => row.isApi && row.audience !== "program")).toEqual([]);
  });

  test("a form that reads an upload accepts a large body", () => {
    const uploads = FILES.filter((file) => readFileSync(file, "utf8").includes("readUpload")).map(patternOf);
    expect(uploads.length).toBeGreaterThan(0);
    expect(namesOf((row) => !row.isApi && row.bodyLimitBytes > UNKNOWN.bodyLimitBytes).sort()).toEqual(
      uploads.sort(),
    );
  });

  test("only a page is streamed, and only a page that is not streamed has no scripts", () => {
    expect(namesOf((row) => row.isStreamed && (row.kind !== "page" || row.isScriptless))).toEqual([]);
    expect(namesOf((row) => row.hasPasswordScript && !row.isScriptless)).toEqual([]);
    // The library's own page for an authorization request.
    expect(namesOf((row) => row.isScriptless && row.kind !== "page")).toEqual(["/legrand/authorize"]);
  });
});

describe("the authorization server has the same rules as the table (it may not import it)", () => {
  test.each(Object.values(ENDPOINTS))("%s", (path) => {
    const { audience, cache } = ROUTE_TRAITS[path]!;
    const accept = acceptJson(path, new Headers({ accept: "text/html" })).get("accept");
    expect(accept).toBe(audience === "program" ? "application/json" : "text/html");
    // RFC 6749 §5.1, RFC 7009 §2.2, RFC 7662 §2.2. The front sets the header (lib/server/front/answer-endpoint.ts).
    const isStored = path === ENDPOINTS.authorize || path === ENDPOINTS.jwks;
    expect(cache).toBe(isStored ? "own" : "no-store");
  });
});

describe("what Next reads before the table can be imported agrees with the table", async () => {
  const { default: nextConfig } = await import("../../../next.config.js");
  const { config } = await import("../../../proxy.ts");
  const UPLOAD = { "content-type": "multipart/form-data; boundary=x" };

  test.each(ROWS.filter(([, { kind }]) => kind !== "endpoint"))("%s", async (pattern, row) => {
    const url = addressOf(pattern);
    expect(isMatched({ config, nextConfig, url })).toBe(row.isProxied);
    const { headers } = await answerOfConfig({ url, nextConfig });
    expect(headers.get("referrer-policy")).toBe(row.referrerPolicy);
    for (const [name, value] of Object.entries(POLICY_HEADERS)) expect(headers.get(name)).toBe(value);
    expect(headers.get("content-security-policy")).toBeNull();
    // Next keeps a copy of the body for the proxy, and cuts it off at 10 MB.
    if (row.kind === "page" || row.bodyLimitBytes === UNKNOWN.bodyLimitBytes) return;
    expect(isMatched({ config, nextConfig, url, headers: UPLOAD })).toBe(false);
    const upload = await answerOfConfig({ url, nextConfig, headers: UPLOAD });
    expect(upload.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("a page that the proxy does not handle may be cached only if its route says so", () => {
    expect(namesOf((row) => row.isProxied && row.cache !== "no-store")).toEqual([]);
    expect(namesOf((row) => row.kind === "page" && !row.isProxied)).toEqual([]);
  });
});

describe("finds the row of an address", () => {
  test.each([
    ["/account/", "/account"],
    ["/account?a=/legrand", "/account"],
    ["/%61ccount", "/account"],
    ["/%61dmin/audit//", "/admin/audit"],
    ["/legrand/authorize/-Lphk_9", "/legrand/authorize/[uid]"],
    ["/legrand/applications/new", "/legrand/applications/new"],
    ["/legrand/applications/other", "/legrand/applications/[clientId]"],
    ["/legrand/applications/new/resume", "/legrand/applications/new/[step]"],
    ["/legrand/api/token", "/legrand/api/[...unknown]"],
    [
      "/legrand/apis/.well-known/openid-configuration",
      "/legrand/[clientId]/.well-known/openid-configuration",
    ],
  ])("%s: %s", (target, pattern) => {
    expect(findTraits(target)).toBe(ROUTE_TRAITS[pattern]);
  });

  test.each([
    "/nowhere",
    "/legrand/authorize/a.b",
    "/legrand/authorize/x/y",
    "/admin%2Faudit",
    "//admin",
    "/administration",
    "/account/../admin",
    "/account/%2e%2e/admin",
    "/account%ff",
    "/_next/static/a.js",
    "*",
    "",
  ])("an unknown address, a file, dots, and a target that does not decode have none: %s", (target) => {
    expect(findTraits(target)).toBe(UNKNOWN);
  });

  test("and its dynamic segments, decoded", () => {
    expect(matchTraits(pathOf("/legrand/interaction/a%2Db"))?.segments).toEqual(["a-b"]);
    expect(matchTraits("/nowhere")).toBeNull();
  });

  test("a page with another spelling has no scripts either", () => {
    expect(["/legrand/%73ign-in", "/legrand/sign-in/", "/legrand/sign-in?a"].map(isScriptless)).toEqual([
      true,
      true,
      true,
    ]);
  });
});
