import "server-only";

import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AddressedDevice, Product } from "#lib/legrand/home-control/product.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";
import type { DeviceAddress, SharedHomeId } from "#lib/legrand/smarther/shared-home.ts";

type Installed = { id: string; name: string; hw_type: string; type?: string; device: string };

/**
 * A home with its rooms and the products in each, in the API's field names. `modules` lists the products
 * without a room.
 */
export type InstalledPlant = {
  id: string;
  ambients: { id: string; name: string; type: string; modules: Installed[] }[];
  modules: Installed[];
};

const STATE = Prisma.sql`product.id::text, product.device::text, product.firmware::int, product.is_reachable AND plant.gateway_online AS "isReachable",
  product.is_on AS "isOn", product.watts, product.level, product.target_level AS "targetLevel", product.moved_at AS "movedAt", product.battery`;
/** A plug also has a `type`: what is plugged in, which the sandbox does not know. */
const INSTALLED = Prisma.sql`CASE product.device
  WHEN 'plug' THEN json_build_object('id', product.id, 'name', product.name, 'hw_type', product.hw_type, 'type', 'other', 'device', product.device)
  ELSE json_build_object('id', product.id, 'name', product.name, 'hw_type', product.hw_type, 'device', product.device) END`;
const ofAccount = (plantId: SharedHomeId, accountId: string) => Prisma.sql`
  FROM legrand_product product JOIN legrand_plant plant ON plant.id = product.plant_id
  WHERE plant.id = ${plantId}::uuid AND plant.account_id = ${accountId}::uuid`;

/** Returns this home of the account with its rooms and products in their order, or null, in one query. */
export async function findInstalledPlant(
  { accountId }: Access,
  plantId: SharedHomeId,
): Promise<InstalledPlant | null> {
  const [row] = await database().$queryRaw<InstalledPlant[]>`
    /* prepared */ SELECT p.id::text,
      coalesce((SELECT json_agg(${INSTALLED} ORDER BY product.position) FROM legrand_product product
        WHERE product.plant_id = p.id AND product.ambient_id IS NULL), '[]') AS modules,
      coalesce((SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type,
        'modules', coalesce((SELECT json_agg(${INSTALLED} ORDER BY product.position) FROM legrand_product product WHERE product.ambient_id = a.id), '[]')
      ) ORDER BY a.position) FROM legrand_ambient a WHERE a.plant_id = p.id), '[]') AS ambients
    FROM legrand_plant p WHERE p.id = ${plantId}::uuid AND p.account_id = ${accountId}::uuid`;
  return row ?? null;
}

/** Returns all products of this home in their order. */
export function listProducts({ accountId }: Access, plantId: SharedHomeId): Promise<Product[]> {
  return database().$queryRaw<Product[]>`
    /* prepared */ SELECT ${STATE} ${ofAccount(plantId, accountId)} ORDER BY product.position`;
}

/** Returns this product of the account if it is of this kind, or null. */
export async function findProduct(
  { accountId }: Access,
  { plantId, moduleId }: DeviceAddress,
  device: AddressedDevice,
): Promise<Product | null> {
  const [row] = await database().$queryRaw<Product[]>`
    /* prepared */ SELECT ${STATE} ${ofAccount(plantId, accountId)}
      AND product.id = ${moduleId}::uuid AND product.device = ${device}::legrand_product_device`;
  return row ?? null;
}

/** Switches a light or a plug that `findProduct` found. */
export async function switchProduct({ id }: Product, isOn: boolean): Promise<void> {
  await database().product.updateMany({ where: { id }, data: { isOn } });
}

/**
 * Moves a shutter that `findProduct` returned. Returns false without a change if another setting was made in
 * between. The caller must then read it again, because this change was computed from the earlier level.
 */
export async function moveShutter(
  { id, movedAt }: Product,
  change: Pick<Product, "level" | "targetLevel" | "movedAt">,
): Promise<boolean> {
  return (await database().product.updateMany({ where: { id, movedAt }, data: change })).count > 0;
}
