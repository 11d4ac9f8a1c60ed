import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";

/** The linked account that a token belongs to, by the columns that never change. */
export type TokenOwner = { provider: string; providerAccountId: string };

/** Which of the account's two tokens it is. */
export type TokenColumn = "accessToken" | "refreshToken";

/**
 * Returns the encryption context of a stored token. A ciphertext that was moved to another row or column does
 * not decrypt.
 */
export function tokenContext({ provider, providerAccountId }: TokenOwner, column: TokenColumn): string {
  return `${provider}:${providerAccountId}:${column}`;
}

/**
 * Returns the encryption context of a pending revocation's token, which no longer belongs to the linked
 * account.
 */
export const revocationContext = (id: string, column: TokenColumn) => `pending-revocation:${id}:${column}`;

/**
 * Encrypts a token for storage with the first of `TOKEN_ENCRYPTION_KEYS`, bound to its account and column.
 */
export function sealToken(token: string, owner: TokenOwner, column: TokenColumn): string {
  return encrypt(token, tokenContext(owner, column));
}

/** Decrypts a stored token. Returns null if its key is gone, or if it was altered or moved. */
export function openToken(sealed: string, owner: TokenOwner, column: TokenColumn): string | null {
  return decryptOrNull(sealed, tokenContext(owner, column));
}
