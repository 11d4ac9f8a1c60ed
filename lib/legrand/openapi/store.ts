import "server-only";

import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

/** Finds the first thermostat in a home of that account, in one query. Returns null if it has none. */
export async function findOwnThermostat(
  account: LegrandAccount,
): Promise<{ plantId: string; moduleId: string } | null> {
  const found = await database().module.findFirst({
    where: { plant: { accountId: account.id } },
    orderBy: [{ plantId: "asc" }, { position: "asc" }],
    select: { id: true, plantId: true },
  });
  return found && { plantId: found.plantId, moduleId: found.id };
}

/**
 * Finds the first product of that kind in a home of that account, for the Home + Control API. Returns null if
 * the account has no such product.
 */
export async function findOwnProduct(
  account: LegrandAccount,
  device: string,
): Promise<{ plantId: string; moduleId: string } | null> {
  const [found] = await database().$queryRaw<{ plantId: string; moduleId: string }[]>`
    SELECT p.plant_id::text AS "plantId", p.id::text AS "moduleId" FROM legrand_product p JOIN legrand_plant h ON h.id = p.plant_id
    WHERE h.account_id = ${account.id}::uuid AND p.device::text = ${device} ORDER BY p.plant_id, p.position LIMIT 1`;
  return found ?? null;
}
