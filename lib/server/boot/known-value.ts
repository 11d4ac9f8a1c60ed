import { database } from "#lib/db/client.ts";
import type { SealedTable } from "#lib/db/reencrypt-table.ts";

// Not in a store.ts, because the start reads this outside of Next's bundle, where `server-only` throws.
const ID = "known value";

/** The context that the known value is bound to (`context` of lib/crypto/encrypt.ts). */
export const KNOWN_VALUE_CONTEXT = `encryption-check:${ID}`;

/** Describes the known value to the key rotation. */
export const KNOWN_VALUES: SealedTable = {
  what: "Known value",
  table: "encryption_check",
  key: { column: "id", type: "text" },
  facts: [],
  columns: ["ciphertext"],
  contextOf: () => KNOWN_VALUE_CONTEXT,
};

/** Returns the ciphertext of the known value, or null if no start has stored one yet. */
export async function findKnownValue(): Promise<string | null> {
  return (await database().encryptionCheck.findUnique({ where: { id: ID } }))?.ciphertext ?? null;
}

/** Stores the known value unless another process did so first. Returns what is stored. */
export async function keepKnownValue(ciphertext: string): Promise<string> {
  await database().encryptionCheck.createMany({ data: [{ id: ID, ciphertext }], skipDuplicates: true });
  return (await findKnownValue())!;
}
