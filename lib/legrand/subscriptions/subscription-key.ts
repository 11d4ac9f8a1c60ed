import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { digest } from "#lib/crypto/digest.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import type { KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** A key as it is stored: to be found by, and to be shown again. */
export type StoredKey = { digest: string; ciphertext: string };

/** Where a stored key belongs; a ciphertext that was moved elsewhere does not decrypt. */
export const keyContext = (subscriptionId: string, name: KeyName) => `subscription:${subscriptionId}:${name}`;

/**
 * A new key as it is stored. 128 random bits as 32 hexadecimal digits, as Azure API Management makes them for
 * the real cloud: without a prefix of ours, because programs check for that form.
 */
export function issueKey(subscriptionId: string, name: KeyName): StoredKey {
  return sealKey(Buffer.from(randomToken("", 16), "base64url").toString("hex"), subscriptionId, name);
}

/** That key as it is stored. */
export function sealKey(key: string, subscriptionId: string, name: KeyName): StoredKey {
  return { digest: digest(key), ciphertext: encrypt(key, keyContext(subscriptionId, name)) };
}

/**
 * The key, or null when the encryption key that it was stored under is gone: then it still works, and cannot
 * be shown.
 */
export function revealKey(subscriptionId: string, name: KeyName, ciphertext: string): string | null {
  return decryptOrNull(ciphertext, keyContext(subscriptionId, name));
}
