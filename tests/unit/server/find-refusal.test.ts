import { globSync, readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { findRefusal } from "#lib/server/find-refusal.ts";

const addressOf = (file: string) => file.replace(/^app|\/\([^/]*\)|\/(page\.tsx|route\.ts)$/g, "").replace(/\[[^\]]*\]/g, "x") || "/";

describe("what is posted reaches a route or nothing (Next takes a post to a page for a server action)", () => {
  test.each(globSync("app/**/route.ts").filter((file) => readFileSync(file, "utf8").includes("POST")).map(addressOf))("a route: %s", (address) => {
    expect(findRefusal("POST", `${address}?a=b`)).toBeNull();
  });

  test.each(globSync("app/**/page.tsx").map(addressOf))("a page: %s", (address) => {
    // Below /admin another method than the one that is answered finds nothing: a 405 would say that there is something (issue 5, Bad input).
    const refusal = address.startsWith("/admin") ? 404 : 405;
    expect(findRefusal("POST", `${address}?a=b`)).toBe(refusal);
    expect(findRefusal("PUT", address)).toBe(refusal);
    for (const method of ["GET", "HEAD", "OPTIONS"]) expect(findRefusal(method, address)).toBeNull();
  });

  test.each(["/nowhere", "/nowhere/at/all", "/api", "/legrand.", "//legrand/sign-in"])("nothing: %s", (address) => {
    expect(findRefusal("POST", address)).toBe(404);
  });

  test.each(["/legrand/sign-in/", "/legrand/%73ign-in", "/legrand/applications/new/resume"])("a page, written otherwise: %s", (address) => {
    expect(findRefusal("POST", address)).toBe(405);
  });
});
