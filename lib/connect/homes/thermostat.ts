/** Whether that kind of product is a thermostat that the API can be asked about. */
export const isThermostat = ({ device }: { device: string }): boolean => device === "chronothermostat";

/** The path of a thermostat's status, to be read with GET and set with POST (Legrand, Smarther API v2.0). */
export function thermostatPath(plantId: string, moduleId: string): string {
  return `/chronothermostat/thermoregulation/addressLocation/plants/${plantId}/modules/parameter/id/value/${moduleId}`;
}
