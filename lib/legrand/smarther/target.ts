import { momentOf, wallClockAt } from "#lib/legrand/smarther/house-time.ts";
import { PROGRAMS, type Program } from "#lib/legrand/smarther/programs-constants.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/**
 * The temperatures that a room moves to, in °C: winter for a room with heating, a heat wave for one with
 * cooling.
 */
const CLIMATE = {
  heating: { outside: 5, protection: 7, boost: 30, program: (setPoint: number) => setPoint },
  // The programs are mirrored: 20 °C becomes 24 °C, and 17 °C becomes 27 °C.
  cooling: { outside: 36, protection: 35, boost: 14, program: (setPoint: number) => 44 - setPoint },
} as const;

/**
 * Returns the temperature that the room moves to from that moment on, in °C. If the thermostat is off, that
 * is the temperature outside.
 */
export function targetAt(
  thermostat: Pick<Thermostat, "function" | "mode" | "setPoint" | "program">,
  at: Date,
): number {
  return thermostat.mode === "off" ? CLIMATE[thermostat.function].outside : shownSetPoint(thermostat, at);
}

/**
 * Returns the set point that the thermostat shows, in °C: in automatic mode the program's at that moment, and
 * if it is off the one of manual mode.
 */
export function shownSetPoint(
  thermostat: Pick<Thermostat, "function" | "mode" | "setPoint" | "program">,
  at: Date,
): number {
  const climate = CLIMATE[thermostat.function];
  switch (thermostat.mode) {
    case "automatic":
      return climate.program(programAt(findProgram(thermostat.program), at));
    case "boost":
      return climate.boost;
    case "protection":
      return climate.protection;
    case "manual":
    case "off":
      return thermostat.setPoint;
  }
}

/** Returns when the program switches between these two moments, in order. */
export function switchesBetween(programNumber: number, from: Date, to: Date): Date[] {
  const { day } = findProgram(programNumber);
  const switches: Date[] = [];
  for (let midnight = midnightOf(wallClockAt(from)); midnight <= wallClockAt(to); midnight += DAY_MS) {
    switches.push(...day.map(([minuteOfDay]) => momentOf(midnight + minuteOfDay * MINUTE_MS)));
  }
  return switches.filter((at) => at > from && at < to);
}

function findProgram(number: number): Program {
  return PROGRAMS.find((program) => program.number === number) ?? PROGRAMS[0]!;
}

/**
 * Returns the set point of the program. In the morning, the last switch of the evening before still applies.
 */
function programAt({ day }: Program, at: Date): number {
  const wallClock = wallClockAt(at);
  const minuteOfDay = (wallClock - midnightOf(wallClock)) / MINUTE_MS;
  return (day.findLast(([from]) => from <= minuteOfDay) ?? day.at(-1)!)[1];
}

const midnightOf = (wallClock: number) => Math.floor(wallClock / DAY_MS) * DAY_MS;
