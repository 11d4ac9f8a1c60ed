/** Where a stored signing key belongs; a ciphertext that was moved elsewhere does not decrypt. */
export const signingKeyContext = (kid: string) => `signing-key:${kid}`;
