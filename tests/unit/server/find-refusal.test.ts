import { globSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";

import { describe, expect, test } from "vitest";

import { findRefusal } from "#lib/server/front/find-refusal.ts";
import { findTraits } from "#lib/server/front/find-traits.ts";
import { hideAdministration } from "#lib/server/front/hide-administration.ts";
import { findRoute } from "#lib/server/front/routes.ts";
import { OPERATIONS } from "#tests/factories/openapi.ts";

const addressOf = (file: string) =>
  file.replace(/^app|\/\([^/]*\)|\/(page\.tsx|route\.ts)$/g, "").replace(/\[[^\]]*\]/g, "x") || "/";

const READ_ONLY = { status: 405, allow: "GET, HEAD" };
const isAdministration = (address: string) => findTraits(address).isHidden;
const PAGES = globSync("app/**/page.tsx").map(addressOf);

describe("a POST reaches a route or nothing (Next treats a POST to a page as a server action)", () => {
  test.each(
    globSync("app/**/route.ts")
      .filter((file) => !file.includes("[...") && readFileSync(file, "utf8").includes("POST"))
      .map(addressOf),
  )("a route: %s", (address) => {
    expect(findRefusal("POST", `${address}?a=b`)).toBeNull();
  });

  test.each(PAGES.filter((address) => !isAdministration(address)))("a page: %s", (address) => {
    expect(findRefusal("POST", `${address}?a=b`)).toEqual(READ_ONLY);
    for (const method of ["GET", "HEAD"]) expect(findRefusal(method, address)).toBeNull();
  });

  test.each(["/nowhere", "/nowhere/at/all", "/api", "/legrand.", "//legrand/sign-in"])(
    "nothing: %s",
    (address) => {
      expect(findRefusal("POST", address)).toEqual({ status: 404 });
    },
  );

  test.each(["/legrand/sign-in/", "/legrand/%73ign-in", "/legrand/applications/new/resume"])(
    "a page, with another spelling: %s",
    (address) => {
      expect(findRefusal("POST", address)).toEqual(READ_ONLY);
    },
  );
});

describe("refuses an unsupported method and lists the supported ones (405, RFC 9110 §15.5.6)", () => {
  const ADDRESSES = globSync("app/**/{page.tsx,route.ts}")
    .filter((file) => !file.includes("[..."))
    .map(addressOf)
    .filter((address) => !isAdministration(address));

  test.each(ADDRESSES)("%s", (address) => {
    for (const method of ["TRACE", "PROPFIND", "BREW"])
      expect(findRefusal(method, address)).toEqual({
        status: 405,
        allow: findRoute(address)!.methods.join(", "),
      });
    for (const method of findRoute(address)!.methods) expect(findRefusal(method, address)).toBeNull();
  });

  test.each([
    ["/connect", "GET", "POST, OPTIONS"],
    ["/legrand/sign-in/submit", "HEAD", "POST, OPTIONS"],
    ["/legrand/logos/x", "POST", "GET, HEAD, OPTIONS"],
    ["/legrand/token", "GET", "POST, OPTIONS"],
    ["/legrand/introspect", "OPTIONS", "POST"],
    ["/legrand/jwks", "POST", "GET, HEAD, OPTIONS"],
    ["/legrand/authorize", "PUT", "GET, HEAD, POST"],
    [
      "/legrand/c0e2d1f4-6b7a-4f0e-9d3c-5a8b1e2f7c60/.well-known/openid-configuration",
      "POST",
      "GET, HEAD, OPTIONS",
    ],
    ["/api/auth/callback/legrand", "PUT", "GET, HEAD, POST, OPTIONS"],
    ["/.well-known/oauth-authorization-server/legrand", "POST", "GET, HEAD, OPTIONS"],
    ["/legrand/.well-known/oauth-authorization-server", "PUT", "GET, HEAD, OPTIONS"],
    ["/legrand/token/", "GET", "POST, OPTIONS"],
    ["/legrand/api/echo/resource", "TRACE", "POST, OPTIONS"],
    ["/legrand/sign-in", "OPTIONS", "GET, HEAD"],
    ["/healthz", "POST", "GET, HEAD"],
    ["/icon.svg", "PUT", "GET, HEAD"],
    ["/connect-logo.svg", "TRACE", "GET, HEAD"],
    ["/_next/static/chunks/a.js", "POST", "GET, HEAD"],
  ])("%s by %s: %s", (address, method, allow) => {
    expect(findRefusal(method, address)).toEqual({ status: 405, allow });
  });

  test("resumes an authorization request only with GET or HEAD", () => {
    for (const method of ["GET", "HEAD"])
      expect(findRefusal(method, "/legrand/authorize/-LphkOSQfU2GIexq8KWaK")).toBeNull();
    expect(findRefusal("POST", "/legrand/authorize/-LphkOSQfU2GIexq8KWaK")).toEqual(READ_ONLY);
  });

  test("the methods of the APIs are those in their document; the API refuses the others in its own form", () => {
    for (const path of new Set(OPERATIONS.map((located) => located.address))) {
      const address = `/legrand/api${path.replace(/\{\w+\}/g, "x")}`;
      const documented = OPERATIONS.filter((located) => located.address === path).map(({ method }) =>
        method.toUpperCase(),
      );
      expect(
        findRoute(address)!
          .methods.filter((method) => !["HEAD", "OPTIONS"].includes(method))
          .sort(),
      ).toEqual(documented.sort());
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"])
        expect(findRefusal(method, address)).toBeNull();
    }
  });

  test.each([
    "/legrand/nowhere",
    "/legrand/api/nowhere",
    "/legrand/api/token",
    "/legrand/api/hc/api/v1.0/revoke",
    "/api/auth/nowhere",
    "/legrand/authorize/x/y",
  ])("answers no method at an address that only a catch-all route matches: %s", (address) => {
    expect(findRefusal("GET", address)).toEqual(address.startsWith("/legrand/api/") ? null : { status: 404 });
    expect(findRefusal("TRACE", address)).toEqual({ status: 404 });
  });
});

describe("serves only the files of the build among Next's own addresses", () => {
  test.each([
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/image/",
    "/%5fnext/image",
    "/_next/data/build/index.json",
    "/_next/hmr",
    "/_next",
    "/_next/static",
    "/__nextjs_original-stack-frames",
    "/__nextjs_source-map",
    "/_error",
    "/_not-found",
    "/_global-error",
  ])("%s", (address) => {
    for (const method of ["GET", "HEAD", "OPTIONS", "POST"])
      expect(findRefusal(method, address)).toEqual({ status: 404 });
  });

  test("serves the files of the build", () => {
    expect(findRefusal("GET", "/_next/static/chunks/a.js")).toBeNull();
  });
});

describe("below /admin, answers an unsupported method like an unknown address (issue 5, bad input)", () => {
  test.each([
    ...PAGES.filter((address) => isAdministration(address)),
    "/admin/nowhere",
    "/%61dmin/nowhere?a=b",
  ])("%s", (address) => {
    for (const method of ["POST", "PUT", "OPTIONS", "BREW"])
      expect(findRefusal(method, address)).toEqual({ status: 404 });
  });

  test("and answers the supported ones", () => {
    for (const method of ["GET", "HEAD"]) expect(findRefusal(method, "/admin/audit?size=25")).toBeNull();
  });

  test.each([
    ["/admin/", "/admin"],
    ["/admin/audit//?a=/", "/admin/audit?a=/"],
    ["/admin/audit?a=b/", "/admin/audit?a=b/"],
    ["/administration/", "/administration/"],
  ])(
    "removes a slash at the end instead of redirecting, because an unknown address does not redirect: %s",
    (url, expected) => {
      const request = { method: "GET", url, headers: {} } as IncomingMessage;
      hideAdministration(request);
      expect(request.url).toBe(expected);
    },
  );
});
