import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { KeyReference } from "#lib/legrand/subscriptions/key-reference.ts";
import { findKeyCiphertext } from "#lib/legrand/subscriptions/store.ts";
import { revealKey } from "#lib/legrand/subscriptions/subscription-key.ts";

/** A key to be shown; `key` is null when it cannot be decrypted any more. */
export type ShownKey = KeyReference & { key: string | null };

/** The key that the reference means, or null where that account has no such subscription. */
export async function findKey(account: LegrandAccount, reference: KeyReference): Promise<ShownKey | null> {
  const ciphertext = await findKeyCiphertext(account, reference);
  return ciphertext === null
    ? null
    : { ...reference, key: revealKey(reference.id, reference.name, ciphertext) };
}
