import type { Mode, Reading } from "#lib/connect/homes/home.ts";

const TENTH = new Intl.NumberFormat("en", {
  maximumFractionDigits: 1,
  minimumFractionDigits: 1,
  useGrouping: false,
});
const SHORT = new Intl.NumberFormat("en", { maximumFractionDigits: 1, useGrouping: false });
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0, useGrouping: false });

/**
 * Formats a measured temperature without its unit. It always has one decimal, so that a row of them aligns.
 */
export const inTenths = (value: number): string => TENTH.format(value);

/** Formats a chosen temperature with its unit. */
export const inCelsius = (value: number): string => `${SHORT.format(value)} °C`;

/** Formats a chosen temperature for a line of a room, where every number with this sign is in Celsius. */
const inDegrees = (value: number): string => `${SHORT.format(value)}°`;

/** Formats relative humidity. */
export const inPercent = (value: number): string => `${WHOLE.format(value)} %`;

type Doing = Pick<Reading, "mode" | "function" | "setPoint">;

/** Describes what a thermostat is doing and its target temperature. */
export function describeMode(reading: Doing, format: (value: number) => string = inCelsius): string {
  const [words, joint] = wordsOf(reading.mode, reading.function);
  return reading.setPoint === null || joint === null ? words : `${words}${joint} ${format(reading.setPoint)}`;
}

/** Describes in a few words what a thermostat is doing now: what it heats to, or else its mode. */
export function describeNow(reading: Doing & Pick<Reading, "isActive">): string {
  if (!reading.isActive || reading.setPoint === null) return describeMode(reading, inDegrees);
  return `${reading.function === "cooling" ? "Cooling" : "Heating"} to ${inDegrees(reading.setPoint)}`;
}

function wordsOf(mode: Mode, what: Reading["function"]): [words: string, joint: string | null] {
  switch (mode) {
    case "automatic":
      return ["Follows its program", ":"];
    case "manual":
      return ["Set by hand", " to"];
    case "boost":
      return ["Boost", " to"];
    case "off":
      return ["Off", null];
    case "protection":
      return [what === "cooling" ? "Heat protection" : "Frost protection", " at"];
    case "unknown":
      return ["Unknown mode", ", at"];
  }
}

/** Says whether the heating or cooling is running now, or returns null if unknown. */
export function nameLoad({
  isActive,
  function: what,
}: Pick<Reading, "isActive" | "function">): string | null {
  if (isActive === null) return null;
  if (what === "cooling") return isActive ? "Cooling now" : "Not cooling";
  return isActive ? "Heating now" : "Not heating";
}

const DEVICES: Record<string, string> = {
  chronothermostat: "Thermostat",
  light: "Light",
  plug: "Plug",
  automation: "Shutter",
  shutter: "Shutter",
  lock: "Lock",
  gateway: "Gateway",
  remote: "Remote",
  heater: "Heater",
  energymeter: "Energy meter",
};

/** Returns the kind of a product in Connect's words, or Legrand's own word for an unknown kind. */
export const nameDevice = (device: string): string =>
  Object.hasOwn(DEVICES, device) ? DEVICES[device]! : device || "Product";

const FAMILY_COUNTS: Record<string, [one: string, many: string]> = {
  light: ["light", "lights"],
  plug: ["plug", "plugs"],
  automation: ["shutter", "shutters"],
};

/** Counts the devices of a room by kind: "1 light, 2 plugs". Kinds that cannot be set are "other devices". */
export function countDevices(devices: { kind: string }[]): string {
  const kinds = devices.map(({ kind }) => (Object.hasOwn(FAMILY_COUNTS, kind) ? kind : "other"));
  return [...Object.entries(FAMILY_COUNTS), ["other", ["other device", "other devices"]] as const]
    .map(([kind, [one, many]]) => ({ count: kinds.filter((own) => own === kind).length, one, many }))
    .filter(({ count }) => count > 0)
    .map(({ count, one, many }) => `${count} ${count === 1 ? one : many}`)
    .join(", ");
}

/** Sums a home up in one line: "4 rooms, 15.0 to 21.3°". */
export function describeRooms(rooms: { temperature: number | null }[]): string {
  const known = rooms.flatMap(({ temperature }) => temperature ?? []);
  const [low, high] = [Math.min(...known), Math.max(...known)].map(inTenths);
  const range = known.length === 0 ? "" : low === high ? `, ${low}°` : `, ${low} to ${high}°`;
  return `${rooms.length} ${rooms.length === 1 ? "room" : "rooms"}${range}`;
}
