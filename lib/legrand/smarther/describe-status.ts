import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import { advanceThermostat, isActive } from "#lib/legrand/smarther/advance-thermostat.ts";
import { formatHouseTime, formatWallClock } from "#lib/legrand/smarther/house-time.ts";
import { PROGRAMS } from "#lib/legrand/smarther/programs-constants.ts";
import { shownSetPoint } from "#lib/legrand/smarther/target.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

/** A thermostat in a home. */
export type ModuleAddress = { plantId: string; moduleId: string };

/**
 * Returns the state of a thermostat at that moment, in the API's form (Legrand, Chronothermostat Status):
 * numbers as strings, words in upper case, and `activationTime` only for manual and boost mode with an end.
 * `activationTime` is the end alone, because clients read it as one moment. It has an offset only if the
 * application chose that (decision 48).
 */
export function describeStatus(
  address: ModuleAddress,
  stored: Thermostat,
  at: Date,
  activationTime: ActivationTime,
) {
  const state = advanceThermostat(stored, at);
  const end = state.mode === "manual" || state.mode === "boost" ? state.activationEnd : null;
  return {
    function: state.function.toUpperCase(),
    mode: state.mode.toUpperCase(),
    setPoint: { value: shownSetPoint(state, at).toFixed(5), unit: "C" },
    programs: [{ number: state.program }],
    ...(end && {
      activationTime: activationTime === "with_offset" ? formatHouseTime(end) : formatWallClock(end),
    }),
    temperatureFormat: "C",
    loadState: isActive(state) ? "ACTIVE" : "INACTIVE",
    time: formatHouseTime(at),
    ...describeMeasures(address, state, at),
  };
}

/** Returns what the thermostat measures at that moment (Legrand, Chronothermostat Measures). */
export function describeMeasures({ plantId, moduleId }: ModuleAddress, stored: Thermostat, at: Date) {
  const { temperature, humidity } = advanceThermostat(stored, at);
  const measured = (value: number, unit: string) => ({
    measures: [{ timeStamp: formatHouseTime(at), value: value.toFixed(1), unit }],
  });
  return {
    thermometer: measured(temperature, "C"),
    hygrometer: measured(humidity, "%"),
    sender: {
      addressType: "addressLocation",
      system: "thermoregulation",
      plant: { id: plantId, module: { id: moduleId } },
    },
  };
}

/** Returns the programs of a thermostat (Legrand, Chronothermostat ProgramList). */
export function describePrograms(address: ModuleAddress, stored: Thermostat, at: Date) {
  const { sender } = describeMeasures(address, stored, at);
  return { programs: PROGRAMS.map(({ number, name }) => ({ number, name })), sender };
}
