import { decrypt, encrypt, keyIdOf } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";

/**
 * The result for a stored ciphertext: it is already under the first key, it was re-encrypted, or it is
 * unreadable (its key is missing, or it was altered).
 */
export type Reencryption =
  | { result: "current" }
  | { result: "reencrypted"; ciphertext: string }
  | { result: "unreadable"; keyId: string };

/**
 * Re-encrypts a stored ciphertext under the first of `TOKEN_ENCRYPTION_KEYS` if needed, so that the other
 * keys can be removed.
 */
export function reencrypt(ciphertext: string, context: string): Reencryption {
  const keyId = keyIdOf(ciphertext);
  try {
    const plaintext = decrypt(ciphertext, context);
    return keyId === env().tokenEncryptionKeys[0]![0]
      ? { result: "current" }
      : { result: "reencrypted", ciphertext: encrypt(plaintext, context) };
  } catch {
    return { result: "unreadable", keyId };
  }
}
