import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";

/** True if this product is a thermostat that the API can read. */
export const isThermostat = ({ device }: { device: string }): boolean => device === "chronothermostat";

/** Returns the path of a thermostat's status, which GET reads and POST sets (Legrand, Smarther API v2.0). */
export function thermostatPath(plantId: string, moduleId: string): string {
  return `/chronothermostat/thermoregulation/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleId}`;
}

const SEGMENTS: Record<Family, string> = {
  light: "light/lighting",
  plug: "plug/energy",
  automation: "automation/automation",
};

/** Returns the family of a product type, or null if it cannot be controlled. */
export const familyOf = (kind: string): Family | null => FAMILIES.find((family) => family === kind) ?? null;

/**
 * Returns the path of a light, plug or shutter, which GET reads and POST sets (Legrand, Home + Control API
 * v1.0).
 */
export function devicePath(family: Family, plantId: string, moduleId: string): string {
  return `/${SEGMENTS[family]}/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleId}`;
}
