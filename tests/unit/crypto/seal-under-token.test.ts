import { expect, test } from "vitest";

import { randomToken } from "#lib/crypto/random-token.ts";
import { openUnderToken, sealUnderToken } from "#lib/crypto/seal-under-token.ts";

test("opens only with the token and the context that sealed it (RFC 5869)", () => {
  const token = randomToken();
  const sealed = sealUnderToken(token, "answer", "here");
  expect(openUnderToken(token, sealed, "here")).toBe("answer");
  expect(() => openUnderToken(randomToken(), sealed, "here")).toThrow();
  expect(() => openUnderToken(token, sealed, "elsewhere")).toThrow();
  expect(() => openUnderToken(token, `${sealed.slice(0, -2)}AA`, "here")).toThrow();
});

test("sealing the same text twice gives two ciphertexts, because each has its own nonce (NIST SP 800-38D §8.2)", () => {
  const token = randomToken();
  expect(sealUnderToken(token, "answer", "here")).not.toBe(sealUnderToken(token, "answer", "here"));
});
