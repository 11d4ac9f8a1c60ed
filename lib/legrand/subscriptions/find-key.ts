import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { KeyReference } from "#lib/legrand/subscriptions/key-reference.ts";
import { findKeyCiphertext } from "#lib/legrand/subscriptions/store.ts";
import { revealKey } from "#lib/legrand/subscriptions/subscription-key.ts";

/** A key for display. `key` is null if it can no longer be decrypted. */
export type ShownKey = KeyReference & { key: string | null };

/** Returns the key that the reference names, or null if the account has no such subscription. */
export async function findKey(account: LegrandAccount, reference: KeyReference): Promise<ShownKey | null> {
  const ciphertext = await findKeyCiphertext(account, reference);
  return ciphertext === null
    ? null
    : { ...reference, key: revealKey(reference.id, reference.name, ciphertext) };
}
