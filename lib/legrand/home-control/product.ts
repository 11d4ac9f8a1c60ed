import type { ProductDevice } from "#lib/db/generated/enums.ts";

/** A stored product. `watts` and `level` have a meaning only for the kinds that use them. */
export type Product = {
  id: string;
  device: ProductDevice;
  firmware: number;
  /** Also false if the gateway of the home is offline. */
  isReachable: boolean;
  isOn: boolean;
  /**
   * The power that it uses while it is on, in W. For a meter, what the home uses in addition to its products.
   */
  watts: number;
  /** How far a shutter was open at `movedAt`, in %. From there it moves to `targetLevel`. */
  level: number;
  targetLevel: number;
  movedAt: Date;
  battery: string | null;
};

/** The kinds of product that have their own path, with the two segments that name them there. */
export const PATHS_OF = {
  light: "light/lighting",
  plug: "plug/energy",
  automation: "automation/automation",
  remote: "remote/remote",
} as const satisfies Partial<Record<ProductDevice, string>>;

/** A kind of product that has its own path. */
export type AddressedDevice = keyof typeof PATHS_OF;
