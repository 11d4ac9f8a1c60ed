import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Derives the key. It needs no salt, because the token has 256 random bits (RFC 5869 §3.1). The token's
 * SHA-256, which is stored, does not reveal this key.
 */
const keyOf = (token: string, context: string) =>
  Buffer.from(hkdfSync("sha256", token, "", context, KEY_BYTES));

/**
 * Encrypts for the holder of `token`, a random value of at least 128 bits that is stored nowhere. Returns
 * base64url(nonce ‖ ciphertext ‖ tag): AES-256-GCM under a key that HKDF derives from the token (RFC 5869)
 * for that `context`. Neither a stolen database nor this server's own keys can decrypt it.
 */
export function sealUnderToken(token: string, plaintext: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(token, context), nonce);
  return Buffer.concat([
    nonce,
    cipher.update(plaintext, "utf8"),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString("base64url");
}

/** Decrypts what `sealUnderToken` made with the same token and context. Throws if either differs. */
export function openUnderToken(token: string, sealed: string, context: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv(ALGORITHM, keyOf(token, context), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  }).setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}
