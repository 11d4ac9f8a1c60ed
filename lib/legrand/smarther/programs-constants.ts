/** From that minute of the day on, the program sets this temperature in °C while heating. */
type Switch = readonly [minuteOfDay: number, setPoint: number];

/** A program of automatic mode, the same for every day. */
export type Program = { number: number; name: string; day: readonly Switch[] };

const at = (hour: number, minute: number) => hour * 60 + minute;

/**
 * The programs of every thermostat of the sandbox. Legrand's numbers go from 0 to 11 (Set Chronothermostat
 * Status). These begin with 1 "At Home", as on a real thermostat that was observed.
 */
export const PROGRAMS: readonly Program[] = [
  {
    number: 1,
    name: "At Home",
    day: [
      [at(6, 30), 20],
      [at(22, 30), 17],
    ],
  },
  {
    number: 2,
    name: "At Work",
    day: [
      [at(6, 30), 20],
      [at(8, 30), 17],
      [at(17, 30), 20],
      [at(22, 30), 17],
    ],
  },
  { number: 3, name: "Away", day: [[at(0, 0), 15]] },
];
