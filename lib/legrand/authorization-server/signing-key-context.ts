/**
 * Encryption context of a stored signing key. A ciphertext that was moved to another key's row does not
 * decrypt.
 */
export const signingKeyContext = (kid: string) => `signing-key:${kid}`;
