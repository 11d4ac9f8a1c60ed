import { z } from "zod";

import { parseHouseTime } from "#lib/legrand/smarther/house-time.ts";
import { PROGRAMS } from "#lib/legrand/smarther/programs-constants.ts";

/** The allowed set points, in °C. */
export const SET_POINT_RANGE = { min: 7, max: 40 } as const;

/** Whether a thermostat heats or cools. */
export const FUNCTIONS = ["heating", "cooling"] as const;
/** The modes of a thermostat. */
export const MODES = ["automatic", "manual", "boost", "off", "protection"] as const;
const NUMBERS = PROGRAMS.map(({ number }) => number);
const SET_POINT_ERROR = `has to be a number from ${SET_POINT_RANGE.min} to ${SET_POINT_RANGE.max} °C`;

/**
 * Accepts either case. Legrand's pages have lower case in requests; openHAB sends what it read, in upper
 * case.
 */
const word = <const Words extends readonly [string, ...string[]]>(words: Words) => {
  const error = `has to be one of ${words.join(", ")}`;
  return z.string(error).toLowerCase().pipe(z.enum(words, error));
};

/**
 * Accepts a number, or a number as a string. Legrand's pages have strings, but every known client sends
 * numbers.
 */
const number = (error: string) =>
  z.union(
    [
      z.number(),
      z
        .string()
        .trim()
        .regex(/^[+-]?\d{1,6}(\.\d{1,12})?$/)
        .transform(Number),
    ],
    error,
  );

/** Accepts `°C` too, which Home Assistant sends as its own name of the unit. */
const unit = z
  .string("has to be C or F")
  .trim()
  .regex(/^°?[cf]$/i, "has to be C or F")
  .transform((name) => (/f/i.test(name) ? "F" : "C"));

const setPoint = z
  .object({ value: number(SET_POINT_ERROR), unit: unit.nullish() }, "has to be an object with value and unit")
  .transform(({ value, unit: name }) => (name === "F" ? ((value - 32) * 5) / 9 : value))
  .refine((celsius) => celsius >= SET_POINT_RANGE.min && celsius <= SET_POINT_RANGE.max, {
    error: SET_POINT_ERROR,
    path: ["value"],
  });

const program = z.object(
  {
    number: number("has to be the number of a program").refine(
      (value) => NUMBERS.includes(value),
      `has to be the number of a program: ${NUMBERS.join(", ")}`,
    ),
  },
  "has to be an object with number",
);

const TIME_ERROR = "has to be a time, 2026-11-23T18:00:00, or two with a slash between them";

/** An end, or `begin/end`. openHAB sends an empty text for manual mode without an end. */
const activationTime = z
  .string(TIME_ERROR)
  .trim()
  .transform((text, context) => {
    const [first, second, ...more] = text.split("/").map(parseHouseTime);
    if (text === "") return null;
    if (first && second === undefined) return { begin: null, end: first };
    if (first && second && more.length === 0) return { begin: first, end: second };
    context.addIssue(TIME_ERROR);
    return z.NEVER;
  });

/**
 * The body of Set Chronothermostat Status (Legrand): set points in °C, and `activationTime` in the house's
 * time. A member that the mode does not use may be present, as clients send it, but must still be valid.
 */
export const settingsSchema = z
  .object(
    {
      function: word(FUNCTIONS).nullish(),
      mode: word(MODES),
      setPoint: setPoint.nullish(),
      programs: z
        .array(program, "has to be a list with one program")
        .max(1, "has to be a list with one program")
        .nullish(),
      activationTime: activationTime.nullish(),
    },
    "has to be an object",
  )
  .refine(({ mode, setPoint: wanted }) => mode !== "manual" || typeof wanted === "number", {
    error: "is missing: manual mode needs one",
    path: ["setPoint"],
  })
  .transform(({ programs, ...settings }) => ({ ...settings, program: programs?.[0]?.number }));

/** The settings after parsing. */
export type Settings = z.output<typeof settingsSchema>;
