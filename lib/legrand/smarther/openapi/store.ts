import "server-only";

import { database } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

/** A home of that account with a thermostat in it: the first ones; null where it has none. One query. */
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
 * A home of that account with a product of that kind in it, in the Home + Control API: the first ones; null
 * where it has none.
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
