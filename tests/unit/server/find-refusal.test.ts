import { globSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";

import { describe, expect, test } from "vitest";

import { findRefusal } from "#lib/server/find-refusal.ts";
import { hideAdministration, isAdministration } from "#lib/server/hide-administration.ts";

const addressOf = (file: string) => file.replace(/^app|\/\([^/]*\)|\/(page\.tsx|route\.ts)$/g, "").replace(/\[[^\]]*\]/g, "x") || "/";

const PAGES = globSync("app/**/page.tsx").map(addressOf);

describe("what is posted reaches a route or nothing (Next takes a post to a page for a server action)", () => {
  test.each(globSync("app/**/route.ts").filter((file) => readFileSync(file, "utf8").includes("POST")).map(addressOf))("a route: %s", (address) => {
    expect(findRefusal("POST", `${address}?a=b`)).toBeNull();
  });

  test.each(PAGES.filter((address) => !isAdministration(address)))("a page: %s", (address) => {
    expect(findRefusal("POST", `${address}?a=b`)).toBe(405);
    expect(findRefusal("PUT", address)).toBe(405);
    for (const method of ["GET", "HEAD", "OPTIONS"]) expect(findRefusal(method, address)).toBeNull();
  });

  test.each(["/nowhere", "/nowhere/at/all", "/api", "/legrand.", "//legrand/sign-in"])("nothing: %s", (address) => {
    expect(findRefusal("POST", address)).toBe(404);
  });

  test.each(["/legrand/sign-in/", "/legrand/%73ign-in", "/legrand/applications/new/resume"])("a page, written otherwise: %s", (address) => {
    expect(findRefusal("POST", address)).toBe(405);
  });
});

describe("below /admin another method than what is there is answered as an unknown address (issue 5, bad input)", () => {
  const hidden = (method: string, url: string) => {
    const request = { method, url, headers: {} } as IncomingMessage;
    hideAdministration(request);
    return [findRefusal(method, url), request.method, request.url];
  };

  test.each([...PAGES.filter((address) => isAdministration(address)), "/admin/nowhere", "/%61dmin/nowhere?a=b"])("%s", (address) => {
    for (const method of ["POST", "PUT", "OPTIONS", "BREW"]) expect(hidden(method, address)).toEqual([null, "GET", "/admin/-"]);
  });

  test("and what is there is not, nor what only begins alike", () => {
    expect(hidden("GET", "/admin/audit?size=25")).toEqual([null, "GET", "/admin/audit?size=25"]);
    expect(hidden("POST", "/administration")).toEqual([404, "POST", "/administration"]);
  });
});
