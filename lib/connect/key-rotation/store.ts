import "server-only";

import { LINKED_ACCOUNTS, PENDING_REVOCATIONS } from "#lib/connect/key-rotation/sealed-tables.ts";
import { reencryptTable, type RotationProgress, type RotationTally } from "#lib/db/reencrypt-table.ts";

/**
 * Re-encrypts everything that Connect stores as ciphertext with the first key. `token_version` does not
 * change, because the tokens are the same.
 */
export async function reencryptConnect(say: (progress: RotationProgress) => void): Promise<RotationTally[]> {
  return [await reencryptTable(LINKED_ACCOUNTS, say), await reencryptTable(PENDING_REVOCATIONS, say)];
}
