import { switchesBetween, targetAt } from "#lib/legrand/smarther/target.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

const HOUR_MS = 60 * 60 * 1000;
/**
 * Time constants of a room: after this time, 63 % of the way to the target is done. A room that is heated or
 * cooled changes faster than one left alone.
 */
const DRIVEN_HOURS = 1;
const ALONE_HOURS = 5;
/**
 * Older history is ignored, because after thirty times the slower constant only 10⁻¹³ of any difference is
 * left.
 */
const MEMORY_MS = 30 * ALONE_HOURS * HOUR_MS;
/** Within this distance of the target, in °C, the thermostat neither heats nor cools. */
const CONTENT_WITHIN = 0.1;

/**
 * Returns the thermostat and its room at that moment. The room moves towards its target, never beyond it, and
 * the result does not depend on how often it was read in between. Manual and boost mode that ended are
 * followed by automatic mode. For a moment before the stored one (the clock was set back), returns the stored
 * state.
 */
export function advanceThermostat(stored: Thermostat, to: Date): Thermostat {
  if (to <= stored.measuredAt) return stored;
  const end = stored.mode === "manual" || stored.mode === "boost" ? stored.activationEnd : null;
  if (!end || end > to) return advanceWithinMode(stored, to);
  return advanceWithinMode({ ...advanceWithinMode(stored, end), mode: "automatic", activationEnd: null }, to);
}

/** True if the heating (or cooling) runs for that room. */
export function isActive(thermostat: Thermostat): boolean {
  const missing = targetAt(thermostat, thermostat.measuredAt) - thermostat.temperature;
  return (
    thermostat.mode !== "off" && (thermostat.function === "heating" ? missing : -missing) > CONTENT_WITHIN
  );
}

function advanceWithinMode(stored: Thermostat, to: Date): Thermostat {
  const begin = new Date(Math.max(stored.measuredAt.getTime(), to.getTime() - MEMORY_MS));
  const switches = stored.mode === "automatic" ? switchesBetween(stored.program, begin, to) : [];
  let state = stored.measuredAt < begin ? { ...stored, measuredAt: begin } : stored;
  for (const until of [...switches, to]) state = approach(state, until);
  return state;
}

/**
 * Advances over a period with one target. It is exponential, so the result does not depend on where the
 * period is split.
 */
function approach(state: Thermostat, until: Date): Thermostat {
  const elapsedHours = (until.getTime() - state.measuredAt.getTime()) / HOUR_MS;
  if (elapsedHours <= 0) return state;
  const target = targetAt(state, state.measuredAt);
  const isDriven =
    state.mode !== "off" &&
    (state.function === "heating" ? state.temperature < target : state.temperature > target);
  const left = Math.exp(-elapsedHours / (isDriven ? DRIVEN_HOURS : ALONE_HOURS));
  const dampness = 50 + 1.5 * (20 - target);
  return {
    ...state,
    measuredAt: until,
    temperature: target + (state.temperature - target) * left,
    // Warm air is drier.
    humidity: dampness + (state.humidity - dampness) * left,
  };
}
