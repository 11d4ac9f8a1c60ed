import "server-only";

import type { Administrator } from "#lib/connect/admin/admin-user.ts";
import { NotAdministratorError } from "#lib/connect/admin/not-administrator-error.ts";
import type { Transaction } from "#lib/db/client.ts";

/**
 * Holds the role of this administrator until the transaction ends: what it does is done by somebody who has the role at that moment,
 * not a second ago. Throws `NotAdministratorError`, which `adminPost` answers, when it was taken meanwhile.
 */
export async function holdRole({ userId }: Administrator, transaction: Transaction): Promise<void> {
  const held = await transaction.$queryRaw<unknown[]>`SELECT 1 FROM connect_user WHERE id = ${userId}::uuid AND role = 'administrator' FOR SHARE`;
  if (held.length === 0) throw new NotAdministratorError();
}
