import { familyOf } from "#lib/connect/homes/device.ts";
import { FAMILIES } from "#lib/connect/homes/families-constants.ts";
import type { Home } from "#lib/connect/homes/home.ts";

/**
 * How much room a home takes on a page: its rooms with a thermostat, its lights, plugs and shutters, and the
 * rest.
 */
export type HomeShape = { rooms: number; others: number; families: number[] };

const LIMIT = 1_000;
const UNKNOWN: HomeShape[] = [{ rooms: 1, others: 0, families: [] }];

/** In this process only: it decides how a placeholder looks, and nothing else. */
const shapes = new Map<string, HomeShape[]>();

/** How large the homes of that linked account were when they were read last; one room where nobody knows. */
export function findShape(accountId: string): HomeShape[] {
  return shapes.get(accountId) ?? UNKNOWN;
}

/** Whether they had a thermostat when they were read last; false where nobody knows. */
export function hadRooms(accountId: string): boolean {
  return shapes.get(accountId)?.some(({ rooms }) => rooms > 0) ?? false;
}

/** Keeps that for the next view. */
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
