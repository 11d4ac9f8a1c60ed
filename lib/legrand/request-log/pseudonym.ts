import { createHmac } from "node:crypto";

import { digest } from "#lib/crypto/digest.ts";

/**
 * Returns the name of an account in the record of one application, such as `person-4f9a1c`. The application's
 * id is the key, so that two applications cannot compare whose requests they see.
 */
export function pseudonymOf(accountId: string, clientId: string): string {
  return `person-${createHmac("sha256", clientId).update(accountId).digest("hex").slice(0, 8)}`;
}

/**
 * Returns the digest under which an account's rows are found when the account is deleted. It does not depend
 * on a key, because a rotated key would leave rows behind.
 */
export function accountMarkOf(accountId: string): string {
  return digest(`request-log ${accountId}`);
}
