/**
 * Encryption context of a stored signing key. A ciphertext that was moved to another key's row does not
 * decrypt. The context is not in the store of the keys, because the start checks the encryption keys before
 * any store can be imported.
 */
export const signingKeyContext = (kid: string) => `signing-key:${kid}`;
