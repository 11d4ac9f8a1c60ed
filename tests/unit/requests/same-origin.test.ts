import { beforeAll, describe, expect, test } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

const ORIGIN = "https://connect.example";
let isSameOrigin: (headers: Headers) => boolean;

beforeAll(async () => {
  setEnvironment({ ORIGIN });
  ({ isSameOrigin } = await import("#lib/http/form-post.ts"));
});

describe("refuses a form post from the page of another origin (OWASP CSRF Cheat Sheet, Verifying origin)", () => {
  test.each<[title: string, origin: string | null, site: string | null, expected: boolean]>([
    ["a page of this origin", ORIGIN, "same-origin", true],
    ["a page of this origin, in a browser without Sec-Fetch-Site", ORIGIN, null, true],
    ["a page of this origin with Referrer-Policy: no-referrer", "null", "same-origin", true],
    ["a person, by hand", null, "none", true],
    ["no browser at all", null, null, true],
    ["another site", "https://evil.example", "cross-site", false],
    ["another site, in a browser without Sec-Fetch-Site", "https://evil.example", null, false],
    ["a sandboxed frame, which may be anybody's", "null", null, false],
    ["a sandboxed frame of another site", "null", "cross-site", false],
    ["a sister domain", "https://other.example", "same-site", false],
    ["a sister domain that hides its origin", null, "same-site", false],
    ["another site that hides its origin", null, "cross-site", false],
    ["a typed address that carries another origin", "https://evil.example", "none", false],
    ["a hidden origin without a page", "null", "none", false],
    ["our host over http", "http://connect.example", null, false],
    ["our host on another port", "https://connect.example:8443", null, false],
    ["a host that begins like ours", "https://connect.example.evil.example", null, false],
    ["a host that ends like ours", "https://evilconnect.example", null, false],
    ["ours in capitals: a browser never writes it so", "HTTPS://CONNECT.EXAMPLE", null, false],
    ["ours with a slash", `${ORIGIN}/`, null, false],
    ["an empty origin", "", null, false],
    ["an unknown word", ORIGIN, "somewhere", false],
    ["our origin, claimed across sites", ORIGIN, "cross-site", false],
  ])("%s", (_title, origin, site, expected) => {
    const headers = new Headers({
      ...(origin === null ? {} : { origin }),
      ...(site === null ? {} : { "sec-fetch-site": site }),
    });
    expect(isSameOrigin(headers)).toBe(expected);
  });
});
