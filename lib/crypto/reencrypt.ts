import { decrypt, encrypt, keyIdOf } from "#lib/crypto/encrypt.ts";
import { env } from "#lib/env.ts";

/**
 * A stored ciphertext is under the first key already, was encrypted anew, or is under a key that is gone (or
 * was altered).
 */
export type Reencryption =
  | { result: "current" }
  | { result: "reencrypted"; ciphertext: string }
  | { result: "unreadable"; keyId: string };

/**
 * What a stored ciphertext has to become, so that every key but the first of `TOKEN_ENCRYPTION_KEYS` can go.
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
