import "server-only";

import { revocationContext } from "#lib/connect/revocations/revocation-context.ts";
import { tokenContext } from "#lib/connect/sealed-tokens/seal-token.ts";
import { reencryptTable, type RotationProgress, type RotationTally, type SealedTable } from "#lib/db/reencrypt-table.ts";

const COLUMNS = { access_token: "accessToken", refresh_token: "refreshToken" } as const;
const TOKENS = Object.keys(COLUMNS);
const columnOf = (column: string) => COLUMNS[column as keyof typeof COLUMNS];

const LINKED_ACCOUNTS: SealedTable = {
  what: "Tokens of linked accounts", table: "connect_account", key: { column: "id", type: "uuid" },
  facts: ["provider", "provider_account_id"], columns: TOKENS,
  contextOf: (row, column) => tokenContext({ provider: row.provider!, providerAccountId: row.provider_account_id! }, columnOf(column)),
};

const PENDING_REVOCATIONS: SealedTable = {
  what: "Tokens to be revoked", table: "connect_pending_revocation", key: { column: "id", type: "uuid" },
  facts: [], columns: TOKENS, contextOf: (row, column) => revocationContext(row.key!, columnOf(column)),
};

/** Encrypts all that Connect stores as ciphertext under the first key. `token_version` stays: the tokens are the same. */
export async function reencryptConnect(say: (progress: RotationProgress) => void): Promise<RotationTally[]> {
  return [await reencryptTable(LINKED_ACCOUNTS, say), await reencryptTable(PENDING_REVOCATIONS, say)];
}
