import { z } from "zod";

import type { Mode, Reading } from "#lib/connect/homes/home.ts";

// Numbers come as strings ("19.5", "18.00000") and may come as numbers. A value beyond a thousand is not a
// measurement in a home.
const quantity = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number().min(-1000).max(1000));
const text = z.string().nullish().catch(null);
const measured = z.object({ value: quantity, unit: z.string().catch("C") });
const word = z
  .string()
  .transform((value) => value.toLowerCase())
  .catch("");

const measures = z
  .object({ measures: z.array(z.unknown()) })
  .transform(({ measures: [latest] }) => latest)
  .pipe(z.object({ value: quantity, unit: z.string().catch(""), timeStamp: text }))
  .nullish()
  .catch(null);

const thermostat = z.object({
  function: word,
  mode: word,
  setPoint: measured.nullish().catch(null),
  programs: z
    .array(z.object({ number: quantity }))
    .nullish()
    .catch(null),
  loadState: word,
  activationTime: text,
  time: text,
  thermometer: measures,
  hygrometer: measures,
});

// A member with a list of one entry, the list itself, or the entry itself. So far we have only seen the first
// form.
const status = z.union([
  z
    .object({ chronothermostats: z.array(thermostat).min(1) })
    .transform(({ chronothermostats }) => chronothermostats[0]!),
  z
    .array(thermostat)
    .min(1)
    .transform(([first]) => first!),
  thermostat,
]);

const MODES: readonly string[] = ["automatic", "manual", "boost", "off", "protection"] satisfies Mode[];

/**
 * Parses the answer of a thermostat's status (Legrand, Smarther API v2.0). Returns null if it contains
 * nothing about a thermostat.
 */
export function parseStatus(body: unknown): Reading | null {
  const read = status.safeParse(body);
  if (!read.success) return null;
  const { mode, setPoint, programs, loadState, thermometer, hygrometer, ...said } = read.data;
  if (!mode && !setPoint && !thermometer && !hygrometer) return null;
  return {
    temperature: thermometer ? inCelsius(thermometer) : null,
    humidity: hygrometer?.value ?? null,
    setPoint: setPoint ? inCelsius(setPoint) : null,
    mode: MODES.includes(mode) ? (mode as Mode) : "unknown",
    function: said.function === "cooling" ? "cooling" : "heating",
    isActive: loadState ? loadState === "active" : null,
    activeUntil: toMoment(
      said.activationTime,
      findOffset([said.time, thermometer?.timeStamp, hygrometer?.timeStamp]),
    ),
    program: programs?.[0]?.number ?? null,
    measuredAt: toMoment(thermometer?.timeStamp) ?? toMoment(hygrometer?.timeStamp) ?? toMoment(said.time),
  };
}

type Text = string | null | undefined;

const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * Parses a time of the answer, or returns null. A time without an offset is the home's local time; `offset`
 * is the offset of the home.
 */
function toMoment(time: Text, offset = ""): Date | null {
  if (!time) return null;
  const at = new Date(OFFSET.test(time) ? time : `${time}${offset}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/**
 * Finds the home's UTC offset in one of these times, or returns "". Needed because `activationTime` comes
 * without an offset.
 */
function findOffset(times: Text[]): string {
  return times.map((time) => OFFSET.exec(time ?? "")?.[0]).find(Boolean) ?? "";
}

/** Converts to °C, because thermostats may be set to Fahrenheit. */
function inCelsius({ value, unit }: { value: number; unit: string }): number {
  return unit.toUpperCase().endsWith("F") ? (value - 32) / 1.8 : value;
}
