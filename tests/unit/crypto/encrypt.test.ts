import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { setEnvironment } from "#tests/unit/environment.ts";

const OLD = `old:${randomBytes(32).toString("base64")}`;
const NEW = `new:${randomBytes(32).toString("base64")}`;

async function withKeys(...keys: string[]) {
  setEnvironment({ TOKEN_ENCRYPTION_KEYS: keys.join(",") });
  return import("#lib/crypto/encrypt.ts");
}

describe("tokens at rest (AES-256-GCM, NIST SP 800-38D)", () => {
  test("decrypts what was encrypted, for any plaintext and context", async () => {
    const { encrypt, decrypt } = await withKeys(OLD);
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string(),
        (plaintext, context) => decrypt(encrypt(plaintext, context), context) === plaintext,
      ),
    );
  });

  test("gives a different ciphertext each time, which never contains the plaintext", async () => {
    const { encrypt } = await withKeys(OLD);
    const token = randomBytes(32).toString("base64url");
    const sealed = Array.from({ length: 50 }, () => encrypt(token, "here"));
    expect(new Set(sealed).size).toBe(50);
    expect(sealed.join()).not.toContain(token);
  });

  test("encrypts with the first key and puts its id in front; decrypts with any key (TOKEN_ENCRYPTION_KEYS)", async () => {
    const before = (await withKeys(OLD)).encrypt("token", "here");
    const { encrypt, decrypt } = await withKeys(NEW, OLD);
    expect(before).toMatch(/^old\./);
    expect(encrypt("token", "here")).toMatch(/^new\./);
    expect(decrypt(before, "here")).toBe("token");
  });

  test("does not decrypt with a key that was removed from the list, and the error names only its id", async () => {
    const before = (await withKeys(OLD)).encrypt("token", "here");
    const { decrypt } = await withKeys(NEW);
    expect(() => decrypt(before, "here")).toThrow("No key old in TOKEN_ENCRYPTION_KEYS");
  });

  test("does not decrypt with another key under the same id", async () => {
    const before = (await withKeys(OLD)).encrypt("token", "here");
    const { decrypt } = await withKeys(`old:${randomBytes(32).toString("base64")}`);
    expect(() => decrypt(before, "here")).toThrow();
  });

  test("refuses a ciphertext that was moved to another row or column (additional authenticated data)", async () => {
    const { encrypt, decrypt } = await withKeys(OLD);
    fc.assert(
      fc.property(fc.string(), fc.string(), (from, to) => {
        fc.pre(from !== to);
        expect(() => decrypt(encrypt("token", from), to)).toThrow();
      }),
    );
  });

  test("refuses a ciphertext with any bit changed", async () => {
    const { encrypt, decrypt } = await withKeys(OLD);
    const [id, body] = encrypt("token", "here").split(".") as [string, string];
    const bytes = Buffer.from(body, "base64url");
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const altered = Buffer.from(bytes);
        altered[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => decrypt(`${id}.${altered.toString("base64url")}`, "here")).toThrow();
      }),
    );
  });

  test("refuses a ciphertext that was cut short, also within its tag", async () => {
    const { encrypt, decrypt } = await withKeys(OLD);
    const [id, body] = encrypt("token", "here").split(".") as [string, string];
    const bytes = Buffer.from(body, "base64url");
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decrypt(`${id}.${bytes.subarray(0, length).toString("base64url")}`, "here")).toThrow();
    }
  });

  test.each(["", ".", "old", "old.", ".abc", "unknown.abc", "old.%%%"])(
    "refuses what was never a ciphertext: %j",
    async (value) => {
      const { decrypt } = await withKeys(OLD);
      expect(() => decrypt(value, "here")).toThrow();
    },
  );
});
