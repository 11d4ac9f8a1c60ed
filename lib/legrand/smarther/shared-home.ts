import { isUuid } from "#lib/is-uuid.ts";
import type { Access } from "#lib/legrand/smarther/require-access.ts";

declare const proof: unique symbol;
/**
 * The id of a home that the person shares with the application of an access, as proof of it. Only this module
 * makes it. A store that reads or changes something in a home takes it, so that an operation cannot forget the
 * check.
 */
export type SharedHomeId = string & { readonly [proof]: true };

/** A thermostat or a product in a shared home. */
export type DeviceAddress = { plantId: SharedHomeId; moduleId: string };

/**
 * Returns the home that an API address names, or null. A home that is not shared, another account's home, an
 * unknown id and a malformed id all give null, so that no answer distinguishes them (decision 59). Ids may be
 * in upper or lower case.
 */
export function findSharedHome(
  { homes }: Access,
  { plantId = "" }: Record<string, string>,
): SharedHomeId | null {
  const wanted = plantId.toLowerCase();
  return homes.some(({ id }) => id === wanted) ? (wanted as SharedHomeId) : null;
}

/** Returns the thermostat or product that an API address names, or null if it cannot name one. */
export function parseDeviceAddress(access: Access, parameters: Record<string, string>): DeviceAddress | null {
  const plantId = findSharedHome(access, parameters);
  const moduleId = (parameters.moduleId ?? "").toLowerCase();
  return plantId && isUuid(moduleId) ? { plantId, moduleId } : null;
}
