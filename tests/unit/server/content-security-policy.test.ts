import { describe, expect, test } from "vitest";

import { contentSecurityPolicy } from "#lib/server/content-security-policy.ts";

const parse = (policy: string) =>
  new Map(
    policy.split("; ").map((directive): [string, string[]] => {
      const [name, ...sources] = directive.split(" ");
      return [name!, sources];
    }),
  );

describe("the policy of a page (issue 2: no inline script without nonce, frame-ancestors 'none')", () => {
  const CASES = [
    { nonce: "bm9uY2U=", formAction: null },
    { nonce: null, formAction: "https://app.example" },
  ];

  test.each(CASES)("allows nothing that it does not name: %o", (options) => {
    const policy = parse(contentSecurityPolicy(options));
    for (const name of ["default-src", "frame-ancestors", "base-uri", "object-src"])
      expect(policy.get(name)).toEqual(["'none'"]);
  });

  test.each(CASES)("nowhere inline, eval, a wildcard or plain http: %o", (options) => {
    expect(contentSecurityPolicy(options)).not.toMatch(/unsafe|\*|http:/);
  });

  test("scripts run with the nonce only, and what they load", () => {
    expect(parse(contentSecurityPolicy(CASES[0]!)).get("script-src")).toEqual([
      "'self'",
      "'nonce-bm9uY2U='",
      "'strict-dynamic'",
    ]);
  });

  test("without a nonce there is no script", () => {
    expect(parse(contentSecurityPolicy(CASES[1]!)).get("script-src")).toEqual(["'none'"]);
  });

  test("forms lead to us, and to the one place that the authorization request leads back to", () => {
    expect(parse(contentSecurityPolicy(CASES[0]!)).get("form-action")).toEqual(["'self'"]);
    expect(parse(contentSecurityPolicy(CASES[1]!)).get("form-action")).toEqual([
      "'self'",
      "https://app.example",
    ]);
  });
});
