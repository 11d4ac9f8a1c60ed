import "server-only";

import { reencryptTable, type RotationProgress, type RotationTally, type SealedTable } from "#lib/db/reencrypt-table.ts";
import { signingKeyContext } from "#lib/legrand/authorization-server/signing-keys.ts";
import { keyContext } from "#lib/legrand/subscriptions/subscription-key.ts";

const SUBSCRIPTIONS: SealedTable = {
  what: "Subscription keys", table: "legrand_subscription", key: { column: "id", type: "uuid" },
  facts: [], columns: ["primary_ciphertext", "secondary_ciphertext"],
  contextOf: (row, column) => keyContext(row.key!, column === "primary_ciphertext" ? "primary" : "secondary"),
};

const SIGNING_KEYS: SealedTable = {
  what: "Signing keys", table: "legrand_signing_key", key: { column: "kid", type: "text" },
  facts: [], columns: ["ciphertext"], contextOf: (row) => signingKeyContext(row.key!),
};

/** Encrypts all that the sandbox stores as ciphertext under the first key. */
export async function reencryptSandbox(say: (progress: RotationProgress) => void): Promise<RotationTally[]> {
  return [await reencryptTable(SUBSCRIPTIONS, say), await reencryptTable(SIGNING_KEYS, say)];
}
