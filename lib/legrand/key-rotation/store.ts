import "server-only";

import { reencryptTable, type RotationProgress, type RotationTally } from "#lib/db/reencrypt-table.ts";
import { SIGNING_KEYS, SUBSCRIPTIONS } from "#lib/legrand/key-rotation/sealed-tables.ts";

/** Re-encrypts everything that the sandbox stores as ciphertext under the first key. */
export async function reencryptSandbox(say: (progress: RotationProgress) => void): Promise<RotationTally[]> {
  return [await reencryptTable(SUBSCRIPTIONS, say), await reencryptTable(SIGNING_KEYS, say)];
}
