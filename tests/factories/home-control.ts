import { FIRST_INSTALLATION } from "#lib/legrand/plants/first-installation.ts";
import { rowsOf } from "#lib/legrand/plants/installation.ts";
import { query } from "#tests/harness/database.ts";

/** A home with the ids of its products by name. */
export type FurnishedHome = { plantId: string; ids: Record<string, string> };

/** Adds the products of a new home: lights, plugs, shutters and a remote in two rooms. */
export async function furnishHome(plantId: string): Promise<FurnishedHome> {
  const { ambients, products } = rowsOf(plantId, FIRST_INSTALLATION);
  for (const { id, position, name, type } of ambients) {
    await query(
      `INSERT INTO legrand_ambient (id, plant_id, position, name, type) VALUES ($1::uuid, $2::uuid, $3, $4, $5) RETURNING 1 AS done`,
      id,
      plantId,
      position,
      name,
      type,
    );
  }
  for (const {
    id,
    ambientId,
    position,
    name,
    device,
    hwType,
    firmware,
    isOn,
    watts,
    level,
    battery,
  } of products) {
    await query(
      `INSERT INTO legrand_product (id, plant_id, ambient_id, position, name, device, hw_type, firmware, is_on, watts, level, target_level, battery)
      VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::legrand_product_device, $7, $8, $9, $10, $11, $11, $12) RETURNING 1 AS done`,
      id,
      plantId,
      ambientId,
      position,
      name,
      device,
      hwType,
      firmware,
      isOn,
      watts,
      level,
      battery,
    );
  }
  return { plantId, ids: Object.fromEntries(products.map(({ id, name }) => [name, id])) };
}

/** Adds the products to the first home of an account. */
export async function furnishFirstHome(accountId: string): Promise<FurnishedHome> {
  const [home] = await query<{ id: string }>(
    `SELECT id::text FROM legrand_plant WHERE account_id = $1::uuid ORDER BY name LIMIT 1`,
    accountId,
  );
  return furnishHome(home!.id);
}

/** Returns the path of one product below the Home + Control API. `kind` is for example `light/lighting`. */
export const productPath = ({ plantId, ids }: FurnishedHome, kind: string, name: string) =>
  `/${kind}/addressLocation/plants/${plantId}/modules/parameter/id/value/${ids[name] ?? name}`;
