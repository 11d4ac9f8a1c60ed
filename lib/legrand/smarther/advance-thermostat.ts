import { switchesBetween, targetAt } from "#lib/legrand/smarther/target.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

const HOUR_MS = 60 * 60 * 1000;
/**
 * How fast a room follows: after that time 63 % of the way is done. Faster where it is heated or cooled than
 * where it is left alone.
 */
const DRIVEN_HOURS = 1;
const ALONE_HOURS = 5;
/**
 * What a room was before that is forgotten: thirty times the slower constant leaves 10⁻¹³ of any difference.
 */
const MEMORY_MS = 30 * ALONE_HOURS * HOUR_MS;
/** As near as that a thermostat is content, in °C. */
const CONTENT_WITHIN = 0.1;

/**
 * The thermostat and its room at that moment. The room goes towards what is wanted, never beyond it, and how
 * often somebody looked in between changes nothing. Manual and boost mode that ended leave automatic mode. A
 * moment before the stored one (a clock that was set back) finds the stored state.
 */
export function advanceThermostat(stored: Thermostat, to: Date): Thermostat {
  if (to <= stored.measuredAt) return stored;
  const end = stored.mode === "manual" || stored.mode === "boost" ? stored.activationEnd : null;
  if (!end || end > to) return advanceWithinMode(stored, to);
  return advanceWithinMode({ ...advanceWithinMode(stored, end), mode: "automatic", activationEnd: null }, to);
}

/** Whether the heating (or cooling) runs for that room. */
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

/** One stretch with one target: an exponential, which does not depend on where it is interrupted. */
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
