import type { ThermostatFunction, ThermostatMode } from "#lib/db/generated/enums.ts";

/** A thermostat and its room as they were at `measuredAt`. */
export type Thermostat = {
  function: ThermostatFunction;
  mode: ThermostatMode;
  /** Set point of manual mode, in °C. */
  setPoint: number;
  /** Number of the program of automatic mode. */
  program: number;
  /** When manual or boost mode ends; null for never. */
  activationEnd: Date | null;
  /** In °C. */
  temperature: number;
  /** Relative humidity, in %. */
  humidity: number;
  measuredAt: Date;
};

/**
 * What a request changes: the room's values at `measuredAt`, the mode from then on, and the members that it
 * sets. A null member stays unchanged.
 */
export type ThermostatChange = Pick<
  Thermostat,
  "mode" | "activationEnd" | "temperature" | "humidity" | "measuredAt"
> & { [Name in "function" | "setPoint" | "program"]: Thermostat[Name] | null };
