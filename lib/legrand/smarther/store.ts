import "server-only";

import { database } from "#lib/db/client.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

/** The homes of the account that the access is for, in the order of their identifiers. */
export function listPlants(access: Access): Promise<{ id: string; name: string; type: string }[]> {
  return database().plant.findMany({
    where: { accountId: access.accountId }, select: { id: true, name: true, type: true }, orderBy: { id: "asc" },
  });
}
