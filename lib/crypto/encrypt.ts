import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { env } from "#lib/env.ts";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts with the first of `TOKEN_ENCRYPTION_KEYS`: `keyId.base64url(nonce ‖ ciphertext ‖ tag)`
 * (AES-256-GCM, NIST SP 800-38D). `context` names where the value belongs (say,
 * `account:4711:refresh_token`). A ciphertext that was moved elsewhere does not decrypt.
 */
export function encrypt(plaintext: string, context: string): string {
  const [keyId, key] = env().tokenEncryptionKeys[0]!;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return `${keyId}.${Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]).toString("base64url")}`;
}

/**
 * Decrypts what `encrypt` made in the same context, under any of the keys. Throws if the key is not among
 * them, or if the value was altered or moved.
 */
export function decrypt(value: string, context: string): string {
  const [keyId, body = ""] = value.split(".");
  const key = env().tokenEncryptionKeys.find(([id]) => id === keyId)?.[1];
  if (!key) throw new Error(`No key ${keyId} in TOKEN_ENCRYPTION_KEYS`);
  const bytes = Buffer.from(body, "base64url");
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

/** Like `decrypt`, but returns null if it throws: the key is missing, or the value was not made here. */
export function decryptOrNull(value: string, context: string): string | null {
  try {
    return decrypt(value, context);
  } catch {
    return null;
  }
}

/**
 * Returns the name of the key that a ciphertext was made with. The name is not secret, and identifies a
 * missing key.
 */
export function keyIdOf(ciphertext: string): string {
  return ciphertext.split(".", 1)[0]!;
}
