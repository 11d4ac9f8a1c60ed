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

/** Formats relative humidity. */
export const inPercent = (value: number): string => `${WHOLE.format(value)} %`;

/** Describes what a thermostat is doing and its target temperature. */
export function describeMode({
  mode,
  function: what,
  setPoint,
}: Pick<Reading, "mode" | "function" | "setPoint">): string {
  const [words, joint] = wordsOf(mode, what);
  return setPoint === null || joint === null ? words : `${words}${joint} ${inCelsius(setPoint)}`;
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
      return ["In a mode that Connect does not know", ", at"];
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
