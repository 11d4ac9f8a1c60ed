import { describe, expect, test } from "vitest";

import { isInteractionPath, parseReturnTo, withReturnTo } from "#lib/legrand/portal/return-to.ts";

const PORTAL = "/legrand/applications";

describe("the return address after signing in", () => {
  test.each(["/legrand/account", "/legrand/applications/new?step=2&x=1", "/legrand/interaction/abc"])(
    "leads to a path of the sandbox: %s",
    (path) => {
      expect(parseReturnTo(path)).toBe(path);
    },
  );

  test.each([
    null,
    undefined,
    "",
    "/",
    "/account",
    "/legrand",
    "//evil.example/legrand/",
    "https://evil.example/legrand/x",
    "/legrand/../account",
    "/legrand/%2e%2e/account",
    "/legrand/..//evil.example",
    "/legrand\\@evil.example",
    "\\\\evil.example/legrand/",
    "javascript:alert(1)//legrand/",
    " /legrand/account",
  ])("never leads to another origin: %j (OWASP, unvalidated redirects)", (value) => {
    expect(parseReturnTo(value)).toBe(PORTAL);
  });

  test("contains no line breaks, which would split the header", () => {
    expect(parseReturnTo("/legrand/x\r\nset-cookie: a=b")).not.toMatch(/[\r\n]/);
  });

  test("is added to an address only if it is not the portal", () => {
    expect(withReturnTo("/legrand/sign-up", PORTAL)).toBe("/legrand/sign-up");
    expect(withReturnTo("/legrand/sign-up", "/legrand/interaction/abc")).toBe(
      "/legrand/sign-up?return_to=%2Flegrand%2Finteraction%2Fabc",
    );
    expect(withReturnTo("/x?token=t", "/legrand/account")).toBe("/x?token=t&return_to=%2Flegrand%2Faccount");
  });

  test.each([
    ["/legrand/interaction/abc", true],
    ["/legrand/interaction/", false],
    ["/legrand/interaction/abc/consent", false],
    ["/legrand/interaction/abc?x=1", false],
    ["/legrand/account", false],
  ])("%s is the page of an interaction: %s", (path, expected) => {
    expect(isInteractionPath(path)).toBe(expected);
  });
});
