import { momentOf, wallClockAt } from "#lib/legrand/smarther/house-time.ts";
import { PROGRAMS, type Program } from "#lib/legrand/smarther/programs-constants.ts";
import type { Thermostat } from "#lib/legrand/smarther/thermostat.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/** Where a room goes, in °C: winter for who heats, a heat wave for who cools. */
const CLIMATE = {
  heating: { outside: 5, protection: 7, boost: 30, program: (setPoint: number) => setPoint },
  // The programs mirrored: 20 °C becomes 24, 17 becomes 27.
  cooling: { outside: 36, protection: 35, boost: 14, program: (setPoint: number) => 44 - setPoint },
} as const;

/**
 * What the room tends to from that moment on, in °C: without a thermostat that does anything, to what it is
 * outside.
 */
export function targetAt(
  thermostat: Pick<Thermostat, "function" | "mode" | "setPoint" | "program">,
  at: Date,
): number {
  return thermostat.mode === "off" ? CLIMATE[thermostat.function].outside : shownSetPoint(thermostat, at);
}

/**
 * The set point that the thermostat shows, in °C: in automatic mode that of the program at that moment; when
 * it is off the one that manual mode would have.
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

/** When the program switches between these two moments, in order. */
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

/** In the morning the last switch of the evening before still counts. */
function programAt({ day }: Program, at: Date): number {
  const wallClock = wallClockAt(at);
  const minuteOfDay = (wallClock - midnightOf(wallClock)) / MINUTE_MS;
  return (day.findLast(([from]) => from <= minuteOfDay) ?? day.at(-1)!)[1];
}

const midnightOf = (wallClock: number) => Math.floor(wallClock / DAY_MS) * DAY_MS;
