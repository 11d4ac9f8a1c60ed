import { expect, test } from "vitest";

import { randomToken } from "#lib/crypto/random-token.ts";
import { openUnderToken, sealUnderToken } from "#lib/crypto/seal-under-token.ts";

test("what was sealed under a token opens with that token and context only (RFC 5869)", () => {
  const token = randomToken();
  const sealed = sealUnderToken(token, "answer", "here");
  expect(openUnderToken(token, sealed, "here")).toBe("answer");
  expect(() => openUnderToken(randomToken(), sealed, "here")).toThrow();
  expect(() => openUnderToken(token, sealed, "elsewhere")).toThrow();
  expect(() => openUnderToken(token, `${sealed.slice(0, -2)}AA`, "here")).toThrow();
});

test("the same twice is two ciphertexts: a nonce of its own for each (NIST SP 800-38D §8.2)", () => {
  const token = randomToken();
  expect(sealUnderToken(token, "answer", "here")).not.toBe(sealUnderToken(token, "answer", "here"));
});
