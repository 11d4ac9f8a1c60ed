import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { KeyReference } from "#lib/legrand/subscriptions/key-reference.ts";
import { replaceKey } from "#lib/legrand/subscriptions/store.ts";
import { issueKey } from "#lib/legrand/subscriptions/subscription-key.ts";

/**
 * Makes a new key in place of that one, which stops at once; the other one goes on working. False where there
 * is no such subscription.
 */
export function regenerateKey(account: LegrandAccount, reference: KeyReference): Promise<boolean> {
  return replaceKey(account, reference, issueKey(reference.id, reference.name));
}
