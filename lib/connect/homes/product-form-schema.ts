import { z } from "zod";

import { ACTS, FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";

/**
 * The id of a home or a product: a UUID, as far as we have seen. Other characters are rejected, because in a
 * path they could lead to another URL.
 */
export const homeIdSchema = z.string().regex(/^(?!\.+$)[\w.-]{1,100}$/);

/** The lowest set point of a thermostat, in °C (Legrand, Smarther API v2.0). */
export const SET_POINT_MIN = 7;

/** The highest set point, in °C. */
export const SET_POINT_MAX = 40;

/** The change for one press of an arrow key, in °C. */
export const SET_POINT_STEP = 0.5;

const SENTENCE = `Enter a temperature from ${SET_POINT_MIN} to ${SET_POINT_MAX} °C`;

/** The fields of a thermostat form except the temperature: the thermostat, and what to do. */
export const thermostatFormSchema = z.object({
  account: z.uuid(),
  plant: homeIdSchema,
  module: homeIdSchema,
  function: z.enum(["heating", "cooling"]),
  /** Sets the temperature, or lets the thermostat follow its program again. */
  do: z.enum(["set", "follow"]).default("set"),
  program: z.coerce.number().int().min(0).max(1000).optional().catch(undefined),
});

/** The parsed fields of the thermostat form. */
export type ThermostatForm = z.infer<typeof thermostatFormSchema>;

/**
 * Parses the temperature of a set point form in °C, written with a point or a comma. The error message is
 * shown to the user.
 */
export const setPointSchema = z
  .string(SENTENCE)
  .trim()
  .regex(/^[+-]?\d{1,3}([.,]\d{1,5})?$/, SENTENCE)
  .transform((value) => Number(value.replace(",", ".")))
  .refine((value) => value >= SET_POINT_MIN && value <= SET_POINT_MAX, SENTENCE);

/** The fields of a form for a light, plug or shutter: the product, and an action that its family supports. */
export const deviceFormSchema = z
  .object({
    account: z.uuid(),
    plant: homeIdSchema,
    module: homeIdSchema,
    family: z.enum(FAMILIES),
    do: z.enum(["on", "off", "open", "close", "stop"]),
  })
  .refine(({ family, do: act }) => (ACTS[act].families as readonly Family[]).includes(family));

/** The parsed fields of the device form. */
export type DeviceForm = z.infer<typeof deviceFormSchema>;
