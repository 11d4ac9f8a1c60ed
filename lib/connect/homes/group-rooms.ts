import { FAMILIES } from "#lib/connect/homes/families-constants.ts";
import type { Device, Home, HomeProduct, HomesProblem, Readable, Reading } from "#lib/connect/homes/home.ts";

/** One line of a home: a room with its thermostat, if it has one, and the other devices there. */
export type Room = {
  name: string;
  thermostat: { id: string; reading: Readable<Reading> } | null;
  devices: Device[];
};

/** A home as the account page lists it. A problem explains why rooms or devices are missing, or is null. */
export type RoomsOfHome = {
  id: string;
  name: string;
  rooms: Room[];
  roomsProblem: HomesProblem | null;
  devicesProblem: HomesProblem | null;
  /** Products in no room that can be neither read nor set. */
  products: HomeProduct[];
  /** Devices in no room that cannot be set. */
  devices: Device[];
};

/** The line for devices that can be set and are in no room. */
const NO_ROOM = "Other devices";

/**
 * Groups a home by room. Both APIs describe the same rooms without a common id: a thermostat of the Smarther
 * API has the name of its room, so its line gets the devices whose room has this name. If two thermostats
 * have that name, the first one gets them.
 */
export function groupRooms({ id, name, products, devices }: Home): RoomsOfHome {
  const all = products.ok ? products.value : [];
  const found = devices?.ok ? devices.value : [];
  const inRooms = Map.groupBy(found, ({ room, kind }) => room ?? (isFamily(kind) ? NO_ROOM : null));
  const rooms = all.flatMap(({ reading, ...product }): Room[] => {
    if (!reading) return [];
    const own = inRooms.get(product.name) ?? [];
    inRooms.delete(product.name);
    return [{ name: product.name, thermostat: { id: product.id, reading }, devices: own }];
  });
  const others = inRooms.get(null) ?? [];
  inRooms.delete(null);
  for (const [room, own] of inRooms) rooms.push({ name: room!, thermostat: null, devices: own });
  return {
    id,
    name,
    rooms,
    roomsProblem: products.ok ? null : products.problem,
    devicesProblem: devices === null || devices.ok ? null : devices.problem,
    products: all.filter(({ reading }) => reading === null),
    devices: others,
  };
}

const isFamily = (kind: string) => FAMILIES.some((family) => family === kind);
