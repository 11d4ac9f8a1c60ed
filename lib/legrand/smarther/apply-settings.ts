import { advanceThermostat } from "#lib/legrand/smarther/advance-thermostat.ts";
import type { Settings } from "#lib/legrand/smarther/settings-schema.ts";
import type { Thermostat, ThermostatChange } from "#lib/legrand/smarther/thermostat.ts";

const MINUTE_MS = 60_000;
const DEFAULT_BOOST_MINUTES = 30;
/** The longest boost that the thermostat offers: 30, 60 or 90 minutes (openHAB, Home Assistant). */
const MAX_BOOST_MINUTES = 90;

/** When a mode that begins at `at` ends (null for never), or what is wrong with the request. */
export type ActivationEnd = { ok: true; end: Date | null } | { ok: false; message: string };

/**
 * Finds when manual or boost mode ends. Both begin at once, whatever beginning was sent. A boost of
 * `begin/end` lasts as long as the time between them, whatever the client's clock says; without a time it
 * lasts half an hour. The other modes never end.
 */
export function findActivationEnd({ mode, activationTime }: Settings, at: Date): ActivationEnd {
  if (mode !== "manual" && mode !== "boost") return { ok: true, end: null };
  if (!activationTime)
    return {
      ok: true,
      end: mode === "manual" ? null : new Date(at.getTime() + DEFAULT_BOOST_MINUTES * MINUTE_MS),
    };
  const { begin, end } = activationTime;
  if (begin && begin >= end) return wrong("ends before it begins");
  if (mode === "manual")
    return end > at
      ? { ok: true, end }
      : wrong("has passed: a time without an offset is that of the house, Europe/Paris");
  const minutes = Math.round((end.getTime() - (begin ?? at).getTime()) / MINUTE_MS);
  if (minutes < 1 || minutes > MAX_BOOST_MINUTES)
    return wrong(`has to make a boost of 1 to ${MAX_BOOST_MINUTES} minutes`);
  return { ok: true, end: new Date(at.getTime() + minutes * MINUTE_MS) };
}

/** Returns what these settings change from that moment on. The room first advances to that moment. */
export function applySettings(
  stored: Thermostat,
  settings: Settings,
  at: Date,
  activationEnd: Date | null,
): ThermostatChange {
  const { temperature, humidity, measuredAt } = advanceThermostat(stored, at);
  return {
    temperature,
    humidity,
    measuredAt,
    activationEnd,
    mode: settings.mode,
    function: settings.function ?? null,
    setPoint: settings.mode === "manual" ? (settings.setPoint ?? null) : null,
    program: settings.program ?? null,
  };
}

const wrong = (sentence: string): ActivationEnd => ({
  ok: false,
  message: `Wrong parameters: activationTime ${sentence}`,
});
