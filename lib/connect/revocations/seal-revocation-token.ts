import { decrypt, encrypt } from "#lib/crypto/encrypt.ts";

/** Which of the two tokens. */
export type RevocationColumn = "accessToken" | "refreshToken";

/** Where a token that waits for its revocation belongs: not to the linked account any more. */
export const revocationContext = (id: string, column: RevocationColumn) => `pending-revocation:${id}:${column}`;

/** The token as it is stored while it waits. */
export function sealRevocationToken(token: string, id: string, column: RevocationColumn): string {
  return encrypt(token, revocationContext(id, column));
}

/** The plaintext, or null when its key is gone. */
export function openRevocationToken(sealed: string, id: string, column: RevocationColumn): string | null {
  try {
    return decrypt(sealed, revocationContext(id, column));
  } catch {
    return null;
  }
}
