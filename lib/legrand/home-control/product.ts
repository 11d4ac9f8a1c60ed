import type { ProductDevice } from "#lib/db/generated/enums.ts";

/** A product as it is stored. Watts and levels of products of other kinds have no meaning. */
export type Product = {
  id: string;
  device: ProductDevice;
  firmware: number;
  /** False too if the gateway of the home is offline. */
  isReachable: boolean;
  isOn: boolean;
  /** What it draws while it is on, in W; of a meter, what the home draws beside its products. */
  watts: number;
  /** How far a shutter was open at `movedAt`, in %, and where it goes from there. */
  level: number;
  targetLevel: number;
  movedAt: Date;
  battery: string | null;
};

/** A product of a home, in a path. */
export type ProductAddress = { plantId: string; moduleId: string };

/** The kinds of product that have a path of their own, with the two segments that name them there. */
export const PATHS_OF = {
  light: "light/lighting",
  plug: "plug/energy",
  automation: "automation/automation",
  remote: "remote/remote",
} as const satisfies Partial<Record<ProductDevice, string>>;

/** A kind of product that has a path of its own. */
export type AddressedDevice = keyof typeof PATHS_OF;
