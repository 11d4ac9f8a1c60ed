import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";

const SEGMENTS: Record<Family, string> = {
  light: "light/lighting",
  plug: "plug/energy",
  automation: "automation/automation",
};

/** Returns the family of a kind of product, or null for one that cannot be set. */
export const familyOf = (kind: string): Family | null => FAMILIES.find((family) => family === kind) ?? null;

/**
 * The path of a light, plug or shutter, to be read with GET and set with POST (Legrand, Home + Control API
 * v1.0).
 */
export function devicePath(family: Family, plantId: string, moduleId: string): string {
  return `/${SEGMENTS[family]}/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleId}`;
}
