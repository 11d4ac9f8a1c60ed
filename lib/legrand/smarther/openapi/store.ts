import "server-only";

import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

/** A home of that account with a thermostat in it: the first ones; null where it has none. One query. */
export async function findOwnThermostat(account: LegrandAccount): Promise<{ plantId: string; moduleId: string } | null> {
  const found = await database().module.findFirst({
    where: { plant: { accountId: account.id } }, orderBy: [{ plantId: "asc" }, { position: "asc" }], select: { id: true, plantId: true },
  });
  return found && { plantId: found.plantId, moduleId: found.id };
}
