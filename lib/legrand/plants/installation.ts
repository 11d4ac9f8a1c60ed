import { randomUUID } from "node:crypto";

import type { ProductDevice } from "#lib/db/generated/enums.ts";

/** A product as it is when its home is created. */
type NewProduct = {
  name: string;
  device: ProductDevice;
  hwType: string;
  firmware: number;
  isOn: boolean;
  watts: number;
  level: number;
  battery: string | null;
};

/**
 * What a new home contains in the Home + Control API: its rooms with their products, and the products without
 * a room.
 */
export type Installation = {
  ambients: { name: string; type: string; products: NewProduct[] }[];
  products: NewProduct[];
};

const product = (
  device: ProductDevice,
  hwType: string,
  firmware: number,
  name: string,
  more: Partial<NewProduct> = {},
): NewProduct => ({
  name,
  device,
  hwType,
  firmware,
  isOn: false,
  watts: 0,
  level: 0,
  battery: null,
  ...more,
});

/** Returns a light that draws that much, in W, while it is on. */
export const light = (name: string, hwType: "NLF" | "NLL", watts: number, isOn = false) =>
  product("light", hwType, 46, name, { watts, isOn });

/** Returns a plug whose device draws that much, in W, while it is on. */
export const plug = (name: string, watts: number, isOn = false) =>
  product("plug", "NLP", 42, name, { watts, isOn });

/** Returns a shutter that is open that far, in %. */
export const shutter = (name: string, level: number, hwType: "NBR" | "NBS" = "NBR") =>
  product("automation", hwType, 16, name, { level });

/** Returns a remote with a full battery. */
export const remote = (name: string) => product("remote", "NLT", 36, name, { battery: "full" });

/** Returns a heater that draws that much, in W. */
export const heater = (name: string, watts: number) =>
  product("heater", "NLC", 38, name, { watts, isOn: true });

/** Returns a meter of a home that draws that much, in W, in addition to its products. */
export const energyMeter = (name: string, watts: number) =>
  product("energymeter", "NLPC", 47, name, { watts, isOn: true });

/** Returns the rows of an installation for the home with that id. */
export function rowsOf(plantId: string, { ambients, products }: Installation) {
  const rooms = ambients.map(({ name, type }, index) => ({
    id: randomUUID(),
    plantId,
    position: index + 1,
    name,
    type,
  }));
  const inRooms = ambients.flatMap(({ products: own }, index) =>
    own.map((one) => ({ ...one, ambientId: rooms[index]!.id })),
  );
  const all = [...inRooms, ...products.map((one) => ({ ...one, ambientId: null }))];
  return {
    ambients: rooms,
    products: all.map((one, index) => ({
      ...one,
      id: randomUUID(),
      plantId,
      position: index + 1,
      targetLevel: one.level,
    })),
  };
}
