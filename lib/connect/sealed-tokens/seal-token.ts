import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";

/** The linked account that a token belongs to, by what never changes about it. */
export type TokenOwner = { provider: string; providerAccountId: string };

/** Which of its two tokens. */
export type TokenColumn = "accessToken" | "refreshToken";

/** Where a stored token belongs; a ciphertext that was moved elsewhere does not decrypt. */
export function tokenContext({ provider, providerAccountId }: TokenOwner, column: TokenColumn): string {
  return `${provider}:${providerAccountId}:${column}`;
}

/**
 * The token as it is stored: ciphertext under the first of `TOKEN_ENCRYPTION_KEYS`, bound to its account and
 * column.
 */
export function sealToken(token: string, owner: TokenOwner, column: TokenColumn): string {
  return encrypt(token, tokenContext(owner, column));
}

/**
 * The plaintext of a stored token, or null when nobody can read it any more: its key is gone, or it was
 * altered or moved.
 */
export function openToken(sealed: string, owner: TokenOwner, column: TokenColumn): string | null {
  return decryptOrNull(sealed, tokenContext(owner, column));
}
