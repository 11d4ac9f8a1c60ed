import "server-only";

import { database } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AddressedDevice, Product, ProductAddress } from "#lib/legrand/home-control/product.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

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
const ofAccount = (plantId: string, accountId: string) => Prisma.sql`
  FROM legrand_product product JOIN legrand_plant plant ON plant.id = product.plant_id
  WHERE plant.id = ${plantId}::uuid AND plant.account_id = ${accountId}::uuid`;

/** Lists the homes of the access token's account by name, each with the country of the account. */
export async function listHomeControlPlants({
  accountId,
}: Access): Promise<{ id: string; name: string; country: string }[]> {
  const plants = await database().plant.findMany({
    where: { accountId },
    select: { id: true, name: true, account: { select: { country: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return plants.map(({ account, ...plant }) => ({ ...plant, country: account.country }));
}

/** Returns this home of the account with its rooms and products in their order, or null. */
export async function findInstalledPlant(
  { accountId }: Access,
  plantId: string,
): Promise<InstalledPlant | null> {
  const modules = {
    select: { id: true, name: true, hwType: true, device: true },
    orderBy: { position: "asc" },
  } as const;
  const plant = await database().plant.findFirst({
    where: { id: plantId, accountId },
    select: {
      id: true,
      products: { ...modules, where: { ambientId: null } },
      ambients: {
        select: { id: true, name: true, type: true, products: modules },
        orderBy: { position: "asc" },
      },
    },
  });
  return (
    plant && {
      id: plant.id,
      modules: plant.products.map(toWire),
      ambients: plant.ambients.map(({ products, ...ambient }) => ({
        ...ambient,
        modules: products.map(toWire),
      })),
    }
  );
}

/** A plug also has a `type`: what is plugged in, which the sandbox does not know. */
function toWire({
  id,
  name,
  hwType,
  device,
}: {
  id: string;
  name: string;
  hwType: string;
  device: string;
}): Installed {
  return { id, name, hw_type: hwType, ...(device === "plug" ? { type: "other" } : {}), device };
}

/** Returns all products of this home in their order, or null if the account has no such home. */
export async function listProducts({ accountId }: Access, plantId: string): Promise<Product[] | null> {
  const products = await database().$queryRaw<Product[]>`
    SELECT ${STATE} ${ofAccount(plantId, accountId)} ORDER BY product.position`;
  if (products.length > 0) return products;
  return (await database().plant.count({ where: { id: plantId, accountId } })) > 0 ? [] : null;
}

/** Returns this product of the account if it is of this kind, or null. */
export async function findProduct(
  { accountId }: Access,
  { plantId, moduleId }: ProductAddress,
  device: AddressedDevice,
): Promise<Product | null> {
  const [row] = await database().$queryRaw<Product[]>`
    SELECT ${STATE} ${ofAccount(plantId, accountId)}
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
