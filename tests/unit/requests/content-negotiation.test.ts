import { describe, expect, test } from "vitest";

import { asksForHtml, preferredCoding, prefersJson } from "#lib/http/content-negotiation.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

describe("a page is for a caller that names text/html and does not prefer JSON (RFC 9110 §12.5.1)", () => {
  test.each<[string | undefined, boolean]>([
    [BROWSER, true],
    ["text/html", true],
    ["TEXT/HTML", true],
    ["text/html;charset=utf-8", true],
    ["text/html, application/json", true],
    ["application/json;q=0.5, text/html;q=0.9", true],
    ["application/json, text/html;q=0.9", false],
    ["text/html;q=0", false],
    ["text/html;q=0, */*", false],
    ["application/json", false],
    ["text/*", false],
    ["*/*", false],
    ["text/html5", false],
    ["", false],
    [undefined, false],
  ])("%s: %s", (accept, expected) => {
    expect(asksForHtml(accept)).toBe(expected);
  });
});

describe("a caller that prefers JSON gets JSON where a person is expected", () => {
  test.each<[string | null, boolean]>([
    ["application/json", true],
    ["application/json, text/plain, */*", true],
    ["application/json, text/html;q=0.9", true],
    ["text/html;q=0, */*", true],
    [BROWSER, false],
    ["text/html, application/json", false],
    ["*/*", false],
    ["image/avif", false],
    [null, false],
  ])("%s: %s", (accept, expected) => {
    expect(prefersJson(accept)).toBe(expected);
  });
});

describe("the coding with the highest weight is applied, and the better one of two equals (RFC 9110 §12.5.3)", () => {
  test.each<[string | undefined, string | null]>([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0.1, gzip", "gzip"],
    ["br;q=0, *", "gzip"],
    ["*", "br"],
    ["gzip;q=0", null],
    ["gzip;q=0.5, identity", null],
    ["identity", null],
    ["*;q=0", null],
    ["zstd", null],
    ["gzipped", null],
    ["", null],
    [undefined, null],
  ])("%s: %s", (accepted, expected) => {
    expect(preferredCoding(accepted)).toBe(expected);
  });

  test("of the offered ones", () => {
    expect(preferredCoding("br, gzip;q=0.1", ["gzip"])).toBe("gzip");
    expect(preferredCoding("br", ["gzip"])).toBeNull();
  });
});
