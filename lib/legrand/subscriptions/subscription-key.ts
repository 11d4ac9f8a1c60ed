import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import type { KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** A key as it is stored: the digest to find it by, and the ciphertext to show it again. */
export type StoredKey = { digest: string; ciphertext: string };

/**
 * Returns the context that a stored key is bound to. A ciphertext that was moved elsewhere does not decrypt.
 */
export const keyContext = (subscriptionId: string, name: KeyName) => `subscription:${subscriptionId}:${name}`;

/**
 * Makes a new key in its stored form. It has 128 random bits as 32 hexadecimal digits, as Azure API
 * Management makes them for the real cloud. It has no prefix of this project, because programs check for that
 * form.
 */
export function issueKey(subscriptionId: string, name: KeyName): StoredKey {
  return sealKey(Buffer.from(randomToken("", 16), "base64url").toString("hex"), subscriptionId, name);
}

/** Returns the stored form of that key. */
export function sealKey(key: string, subscriptionId: string, name: KeyName): StoredKey {
  return { digest: digest(key), ciphertext: encrypt(key, keyContext(subscriptionId, name)) };
}

/**
 * Decrypts the key. Returns null if its encryption key is missing; then the subscription key still works, but
 * cannot be shown.
 */
export function revealKey(subscriptionId: string, name: KeyName, ciphertext: string): string | null {
  return decryptOrNull(ciphertext, keyContext(subscriptionId, name));
}
