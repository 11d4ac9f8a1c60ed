import { revocationContext, tokenContext } from "#lib/connect/sealed-tokens/seal-token.ts";

const COLUMNS = { access_token: "accessToken", refresh_token: "refreshToken" } as const;
const TOKENS = Object.keys(COLUMNS);
const columnOf = (column: string) => COLUMNS[column as keyof typeof COLUMNS];

/** The tokens of linked accounts, as a `SealedTable` (lib/db/reencrypt-table.ts). */
export const LINKED_ACCOUNTS = {
  what: "Tokens of linked accounts",
  table: "connect_account",
  key: { column: "id", type: "uuid" as const },
  facts: ["provider", "provider_account_id"],
  columns: TOKENS,
  contextOf: (row: Record<string, string>, column: string) =>
    tokenContext({ provider: row.provider!, providerAccountId: row.provider_account_id! }, columnOf(column)),
};

/** The tokens that are to be revoked at Legrand, as a `SealedTable`. */
export const PENDING_REVOCATIONS = {
  what: "Tokens to be revoked",
  table: "connect_pending_revocation",
  key: { column: "id", type: "uuid" as const },
  facts: [],
  columns: TOKENS,
  contextOf: (row: Record<string, string>, column: string) => revocationContext(row.key!, columnOf(column)),
};
