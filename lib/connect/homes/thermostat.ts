/** True if this product is a thermostat that the API can read. */
export const isThermostat = ({ device }: { device: string }): boolean => device === "chronothermostat";

/** Returns the path of a thermostat's status, which GET reads and POST sets (Legrand, Smarther API v2.0). */
export function thermostatPath(plantId: string, moduleId: string): string {
  return `/chronothermostat/thermoregulation/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleId}`;
}
