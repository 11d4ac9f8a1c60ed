import type { TokenColumn } from "#lib/connect/sealed-tokens/seal-token.ts";

/**
 * Returns the encryption context of a pending revocation's token, which no longer belongs to the linked
 * account.
 */
export const revocationContext = (id: string, column: TokenColumn) => `pending-revocation:${id}:${column}`;
