import { describe, expect, test } from "vitest";

import { contentSecurityPolicy } from "#lib/server/front/content-security-policy.ts";

const parse = (policy: string) =>
  new Map(
    policy.split("; ").map((directive): [string, string[]] => {
      const [name, ...sources] = directive.split(" ");
      return [name!, sources];
    }),
  );

describe("the content security policy of a page (issue 2: no inline script without nonce, frame-ancestors 'none')", () => {
  const CASES = [
    { nonce: "bm9uY2U=", formAction: null },
    { nonce: null, formAction: "https://app.example" },
  ];

  test.each(CASES)("forbids everything that it does not name: %o", (options) => {
    const policy = parse(contentSecurityPolicy(options));
    for (const name of ["default-src", "frame-ancestors", "base-uri", "object-src"])
      expect(policy.get(name)).toEqual(["'none'"]);
  });

  test.each(CASES)("never allows inline, eval, a wildcard or plain http: %o", (options) => {
    expect(contentSecurityPolicy(options)).not.toMatch(/unsafe|\*|http:/);
  });

  test("allows only scripts with the nonce, and what they load", () => {
    expect(parse(contentSecurityPolicy(CASES[0]!)).get("script-src")).toEqual([
      "'self'",
      "'nonce-bm9uY2U='",
      "'strict-dynamic'",
    ]);
  });

  test("allows no script without a nonce", () => {
    expect(parse(contentSecurityPolicy(CASES[1]!)).get("script-src")).toEqual(["'none'"]);
  });

  test("allows files of this server, and nothing inline, on a page with a password field (decision 61)", () => {
    const policy = contentSecurityPolicy({ nonce: null, allowsFiles: true, formAction: null });
    expect(parse(policy).get("script-src")).toEqual(["'self'"]);
    expect(policy).not.toMatch(/unsafe|nonce|strict-dynamic/);
  });

  test("allows forms to post only to us, and to the redirect target of the authorization request", () => {
    expect(parse(contentSecurityPolicy(CASES[0]!)).get("form-action")).toEqual(["'self'"]);
    expect(parse(contentSecurityPolicy(CASES[1]!)).get("form-action")).toEqual([
      "'self'",
      "https://app.example",
    ]);
  });
});
