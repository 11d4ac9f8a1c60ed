import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { KeyReference } from "#lib/legrand/subscriptions/key-reference.ts";
import { replaceKey } from "#lib/legrand/subscriptions/store.ts";
import { issueKey } from "#lib/legrand/subscriptions/subscription-key.ts";

/**
 * Replaces a key with a new one. The old one stops working at once; the subscription's other key goes on
 * working. Returns false if there is no such subscription.
 */
export function regenerateKey(account: LegrandAccount, reference: KeyReference): Promise<boolean> {
  return replaceKey(account, reference, issueKey(reference.id, reference.name));
}
