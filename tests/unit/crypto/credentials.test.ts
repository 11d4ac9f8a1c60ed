import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { constantTimeEqual } from "#lib/crypto/constant-time-equal.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";

describe("randomToken", () => {
  test("has 256 bits in characters that a form body does not encode (RFC 3986 §2.3)", () => {
    expect(randomToken()).toMatch(/^[\w-]{43}$/);
    expect(encodeURIComponent(randomToken("lgs_"))).toMatch(/^lgs_[\w-]{43}$/);
  });

  test("starts with the prefix and has the given number of bytes", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "lgs_"), fc.integer({ min: 16, max: 64 }), (prefix, bytes) => {
        const token = randomToken(prefix, bytes);
        return (
          token.startsWith(prefix) && Buffer.from(token.slice(prefix.length), "base64url").length === bytes
        );
      }),
    );
  });

  test("never repeats", () => {
    expect(new Set(Array.from({ length: 1_000 }, () => randomToken())).size).toBe(1_000);
  });
});

describe("digest", () => {
  test("is SHA-256 in base64url (FIPS 180-4, the example of one block)", () => {
    expect(Buffer.from(digest("abc"), "base64url").toString("hex")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  test("does not reveal its input", () => {
    const token = randomToken();
    expect(digest(token)).toMatch(/^[\w-]{43}$/);
    expect(digest(token)).not.toContain(token);
  });
});

describe("constantTimeEqual", () => {
  test("equals === for any two strings, and never throws if their lengths differ", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        (a, b) => constantTimeEqual(a, b) === (a === b) && constantTimeEqual(a, a),
      ),
    );
  });

  test.each([
    ["", ""],
    ["a", "b"],
    ["a", "aa"],
    ["é", "e\u0301"],
    ["ß", "ss"],
  ])("%j and %j", (a, b) => {
    expect(constantTimeEqual(a, b)).toBe(a === b);
  });
});
