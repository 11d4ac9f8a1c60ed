import type { TokenColumn } from "#lib/connect/sealed-tokens/seal-token.ts";

/** Where a token that waits for its revocation belongs: not to the linked account any more. */
export const revocationContext = (id: string, column: TokenColumn) => `pending-revocation:${id}:${column}`;
