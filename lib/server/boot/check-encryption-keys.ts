import { LINKED_ACCOUNTS, PENDING_REVOCATIONS } from "#lib/connect/key-rotation/sealed-tables.ts";
import { decryptOrNull, encrypt, keyIdOf } from "#lib/crypto/encrypt.ts";
import { findSealedSample } from "#lib/db/find-sealed-sample.ts";
import { env } from "#lib/env.ts";
import { SIGNING_KEYS, SUBSCRIPTIONS } from "#lib/legrand/key-rotation/sealed-tables.ts";
import { findKnownValue, keepKnownValue, KNOWN_VALUE_CONTEXT } from "#lib/server/boot/known-value.ts";
import { StartError } from "#lib/start-error.ts";

/**
 * Decrypts the known value of the database with `TOKEN_ENCRYPTION_KEYS`; the first start stores it. Throws
 * `StartError` with the name of the key that is missing or was replaced. Signing keys, subscription keys and
 * tokens are encrypted under it, so every page would fail.
 */
export async function checkEncryptionKeys(): Promise<void> {
  requireOpen((await findKnownValue()) ?? (await storeKnownValue()), KNOWN_VALUE_CONTEXT);
}

/**
 * Decrypts the known value again. Throws `StartError` if that fails: the database was replaced while the
 * server ran.
 */
export async function requireKnownValue(): Promise<void> {
  const stored = await findKnownValue();
  if (stored === null)
    throw new StartError(
      "The value that verifies the encryption keys is missing: the database was replaced while the server ran. Start the server again.",
    );
  requireOpen(stored, KNOWN_VALUE_CONTEXT);
}

/**
 * Stores the known value. A database that an earlier version used has ciphertexts but no known value, so one
 * of these must decrypt before a value is stored under these keys.
 */
async function storeKnownValue(): Promise<string> {
  // Ordered by what most requests need.
  for (const table of [SIGNING_KEYS, SUBSCRIPTIONS, LINKED_ACCOUNTS, PENDING_REVOCATIONS]) {
    const sample = await findSealedSample(table);
    if (!sample) continue;
    requireOpen(sample.ciphertext, sample.context);
    break;
  }
  return keepKnownValue(encrypt("opened", KNOWN_VALUE_CONTEXT));
}

function requireOpen(ciphertext: string, context: string): void {
  if (decryptOrNull(ciphertext, context) !== null) return;
  const ids = env().tokenEncryptionKeys.map(([id]) => id);
  const needed = keyIdOf(ciphertext);
  const what = ids.includes(needed)
    ? `The key ${needed} in TOKEN_ENCRYPTION_KEYS is not the key ${needed} that the stored data was encrypted with.`
    : `TOKEN_ENCRYPTION_KEYS lacks the key ${needed}, which the stored data was encrypted with. It has ${ids.join(", ")}.`;
  throw new StartError(
    `${what} Restore ${needed} from your backup: in the environment, or in ${env().dataDir}/secrets.json if the environment does not set it. Nothing was changed.`,
  );
}
