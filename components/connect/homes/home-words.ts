import type { Mode, Reading } from "#lib/connect/homes/home.ts";

const TENTH = new Intl.NumberFormat("en", { maximumFractionDigits: 1, minimumFractionDigits: 1, useGrouping: false });
const SHORT = new Intl.NumberFormat("en", { maximumFractionDigits: 1, useGrouping: false });
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0, useGrouping: false });

/** A measured temperature without its unit: always one decimal, so that a row of them aligns. */
export const inTenths = (value: number): string => TENTH.format(value);

/** A temperature that was chosen, with its unit. */
export const inCelsius = (value: number): string => `${SHORT.format(value)} °C`;

/** Relative humidity. */
export const inPercent = (value: number): string => `${WHOLE.format(value)} %`;

const MODES: Record<Exclude<Mode, "protection">, string> = {
  automatic: "Follows its program",
  manual: "Set by hand",
  boost: "Boost",
  off: "Off",
  unknown: "In a mode that Connect does not know",
};

/** What a thermostat is doing, in words. */
export function nameMode({ mode, function: what }: Pick<Reading, "mode" | "function">): string {
  return mode === "protection" ? (what === "cooling" ? "Heat protection" : "Frost protection") : MODES[mode];
}

/** Whether it works at this moment. */
export function nameLoad({ isActive, function: what }: Pick<Reading, "isActive" | "function">): string | null {
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
};

/** The kind of a product; Legrand's own word where Connect has none. */
export const nameDevice = (device: string): string => DEVICES[device] ?? (device || "Product");
