import { z } from "zod";

import { homeIdSchema } from "#lib/connect/homes/home-id-schema.ts";

/** The lowest set point of a thermostat, in °C (Legrand, Smarther API v2.0). */
export const SET_POINT_MIN = 7;

/** The highest one, in °C. */
export const SET_POINT_MAX = 40;

/** What one press of an arrow key changes, in °C. */
export const SET_POINT_STEP = 0.5;

const SENTENCE = `Enter a temperature from ${SET_POINT_MIN} to ${SET_POINT_MAX} °C`;

/** Which thermostat a form is about, and what it is told beside the temperature. */
export const thermostatFormSchema = z.object({
  account: z.uuid(),
  plant: homeIdSchema,
  module: homeIdSchema,
  function: z.enum(["heating", "cooling"]),
  /** Sets the temperature, or gives the thermostat back to its program. */
  do: z.enum(["set", "follow"]).default("set"),
  program: z.coerce.number().int().min(0).max(1000).optional().catch(undefined),
});

/** What the fields of that form say. */
export type ThermostatForm = z.infer<typeof thermostatFormSchema>;

/**
 * The temperature of a set point form in °C, as a person writes it: with a point or a comma. Its message is
 * for them.
 */
export const setPointSchema = z
  .string(SENTENCE)
  .trim()
  .regex(/^[+-]?\d{1,3}([.,]\d{1,5})?$/, SENTENCE)
  .transform((value) => Number(value.replace(",", ".")))
  .refine((value) => value >= SET_POINT_MIN && value <= SET_POINT_MAX, SENTENCE);
