import { familyOf } from "#lib/connect/homes/product-paths.ts";
import { FAMILIES } from "#lib/connect/homes/families-constants.ts";
import type { Home } from "#lib/connect/homes/home.ts";

/**
 * The size of a home on a page. It counts its rooms with a thermostat, its lights, plugs and shutters by
 * family, and its other products.
 */
export type HomeShape = { rooms: number; others: number; families: number[] };

const LIMIT = 1_000;
const UNKNOWN: HomeShape[] = [{ rooms: 1, others: 0, families: [] }];

/** Kept in this process only, because it only affects how a placeholder looks. */
const shapes = new Map<string, HomeShape[]>();

/** Returns the sizes of the account's homes when they were last read, or one room if unknown. */
export function findShape(accountId: string): HomeShape[] {
  return shapes.get(accountId) ?? UNKNOWN;
}

/** True if the homes had a thermostat when they were last read; false if unknown. */
export function hadRooms(accountId: string): boolean {
  return shapes.get(accountId)?.some(({ rooms }) => rooms > 0) ?? false;
}

/** Stores the sizes of the homes for the next page view. */
export function rememberShape(accountId: string, homes: Home[]): void {
  if (shapes.size >= LIMIT) shapes.delete(shapes.keys().next().value!);
  shapes.set(
    accountId,
    homes.map(({ products, devices }) => {
      const known = devices?.ok ? devices.value : [];
      const families = FAMILIES.map((family) => known.filter(({ kind }) => kind === family).length).filter(
        (count) => count > 0,
      );
      const rooms = products.ok ? products.value.filter(({ reading }) => reading !== null).length : 1;
      const others =
        known.filter(({ kind }) => familyOf(kind) === null).length +
        (products.ok ? products.value.length - rooms : 0);
      return { rooms, others, families };
    }),
  );
}
