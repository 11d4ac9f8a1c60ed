import { familyOf } from "#lib/connect/homes/product-paths.ts";
import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import { groupRooms } from "#lib/connect/homes/group-rooms.ts";
import type { Home } from "#lib/connect/homes/home.ts";

/**
 * The size of a home on a page: its rooms with a thermostat, its rooms without one, the families of devices
 * that it has, and whether it has other products.
 */
export type HomeShape = { heated: number; unheated: number; families: Family[]; hasOthers: boolean };

const LIMIT = 1_000;
const UNKNOWN: HomeShape[] = [{ heated: 1, unheated: 0, families: [], hasOthers: false }];

/** Kept in this process only, because it only affects how a placeholder looks. */
const shapes = new Map<string, HomeShape[]>();

/** Returns the sizes of the account's homes when they were last read, or one room if unknown. */
export function findShape(accountId: string): HomeShape[] {
  return shapes.get(accountId) ?? UNKNOWN;
}

/** True if the homes had a thermostat when they were last read; false if unknown. */
export function hadRooms(accountId: string): boolean {
  return shapes.get(accountId)?.some(({ heated }) => heated > 0) ?? false;
}

/** Stores the sizes of the homes for the next page view. */
export function rememberShape(accountId: string, homes: Home[]): void {
  if (shapes.size >= LIMIT) shapes.delete(shapes.keys().next().value!);
  shapes.set(accountId, homes.map(measure));
}

function measure(home: Home): HomeShape {
  const { rooms, products, devices, roomsProblem } = groupRooms(home);
  const kinds = new Set(rooms.flatMap((room) => room.devices.map(({ kind }) => familyOf(kind))));
  const heated = rooms.filter(({ thermostat }) => thermostat !== null).length;
  return {
    heated: roomsProblem ? 1 : heated,
    unheated: rooms.length - heated,
    families: FAMILIES.filter((family) => kinds.has(family)),
    hasOthers: products.length + devices.length > 0,
  };
}
