import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { parseTokenResponse } from "#lib/connect/tokens/parse-token-response.ts";

const NOW = 1_790_000_000;
const parse = (change: Record<string, unknown>) =>
  parseTokenResponse({ access_token: "a", refresh_token: "r", token_type: "Bearer", ...change }, NOW);

describe("the lifetime of an access token (RFC 6749 §5.1; Works with Legrand, Token request)", () => {
  test.each([
    ["expires_in as a number", { expires_in: 1800 }, 1800],
    ["expires_in in digits", { expires_in: "1800" }, 1800],
    ["expires_in before expires_on", { expires_in: 60, expires_on: NOW + 3000 }, 60],
    ["expires_on only", { expires_on: NOW + 1200 }, 1200],
    ["expires_on only, in digits", { expires_on: String(NOW + 1200) }, 1200],
    ["neither: an hour, as Legrand's", {}, 3600],
    ["null", { expires_in: null, expires_on: null }, 3600],
    ["no number", { expires_in: "soon" }, 3600],
    ["an object", { expires_in: {} }, 3600],
    ["negative", { expires_in: -5 }, 3600],
    ["zero", { expires_in: 0 }, 3600],
    ["negative, but expires_on is right", { expires_in: -5, expires_on: NOW + 600 }, 600],
    ["expires_on long ago: a clock is wrong", { expires_on: NOW - 600 }, 3600],
    ["absurdly long: a day", { expires_in: 1e12 }, 86_400],
    ["expires_on in milliseconds: a day", { expires_on: NOW * 1000 }, 86_400],
  ])("%s", (_what, change, seconds) => expect(parse(change)!.lifetimeSeconds).toBe(seconds));
});

describe("the lifetime of a refresh token, which no RFC defines (decision 34)", () => {
  test.each([
    ["a number", { refresh_token_expires_in: 86_400 }, 86_400],
    ["digits", { refresh_token_expires_in: "86400" }, 86_400],
    ["a fraction", { refresh_token_expires_in: 60.9 }, 60],
    ["absent", {}, null],
    ["null", { refresh_token_expires_in: null }, null],
    ["zero, for which some clouds say never", { refresh_token_expires_in: 0 }, null],
    ["negative", { refresh_token_expires_in: -1 }, null],
    ["no number", { refresh_token_expires_in: "a year" }, null],
    ["an object", { refresh_token_expires_in: {} }, null],
    ["absurdly long: ten years", { refresh_token_expires_in: 1e15 }, 10 * 365 * 86_400],
  ])("%s", (_what, change, seconds) => expect(parse(change)!.refreshLifetimeSeconds).toBe(seconds));
});

describe("scopes (RFC 6749 §3.3, §5.1)", () => {
  test.each([
    ["a string", { scope: "topology.read comfort.read" }, ["topology.read", "comfort.read"]],
    ["more than one space, and a scope twice", { scope: " a  b a " }, ["a", "b"]],
    ["a list", { scope: ["topology.read", "comfort.read"] }, ["topology.read", "comfort.read"]],
    ["a list of one string with all of them", { scope: ["a b"] }, ["a", "b"]],
    ["absent: unchanged", {}, null],
    ["null", { scope: null }, null],
    ["empty", { scope: "" }, null],
    ["an empty list", { scope: [] }, null],
    ["a list with something else in it", { scope: ["a", 5] }, null],
    ["characters that no scope has", { scope: "a\nb" }, null],
    ["far too many", { scope: Array.from({ length: 101 }, (_, i) => `s${i}`) }, null],
  ])("%s", (_what, change, scopes) => expect(parse(change)!.scopes).toEqual(scopes));
});

describe("tokens", () => {
  test("keeps the old refresh token if the answer has none (RFC 6749 §6)", () => {
    expect(parse({ refresh_token: undefined })).toMatchObject({ accessToken: "a", refreshToken: null });
  });

  test("reads a refresh token without an access token", () => {
    expect(parse({ access_token: undefined })).toMatchObject({ accessToken: null, refreshToken: "r" });
  });

  test.each([
    ["bearer", "a"],
    ["Bearer", "a"],
    [undefined, null],
    ["DPoP", null],
    ["mac", null],
  ])("of the type %s (RFC 6749 §7.1): %s", (token_type, accessToken) => {
    expect(parse({ token_type })).toMatchObject({ accessToken, refreshToken: "r" });
  });

  test.each([
    [null],
    [undefined],
    [""],
    [[]],
    ["<html>"],
    [5],
    [{}],
    [{ access_token: 5 }],
    [{ access_token: "" }],
    [{ access_token: "a\r\nx: y" }],
    [{ access_token: "a".repeat(20_000) }],
  ])("%j is not a token response", (body) => expect(parseTokenResponse(body, NOW)).toBeNull());

  test("never returns undefined or NaN, for any input", () => {
    const member = fc.oneof(fc.jsonValue(), fc.double(), fc.string());
    fc.assert(
      fc.property(
        fc.record(
          {
            access_token: member,
            refresh_token: member,
            token_type: member,
            expires_in: member,
            expires_on: member,
            scope: member,
          },
          { requiredKeys: [] },
        ),
        (body) => {
          const parsed = parseTokenResponse({ access_token: "a", ...body }, NOW);
          if (!parsed) return;
          expect(Object.values(parsed)).not.toContain(undefined);
          expect(parsed.lifetimeSeconds).toBeGreaterThan(0);
          expect(parsed.lifetimeSeconds).toBeLessThanOrEqual(86_400);
        },
      ),
    );
  });
});
