import { z } from "zod";

import { isRecord } from "#lib/connect/cloud/is-record.ts";
import { homeIdSchema } from "#lib/connect/homes/home-id-schema.ts";
import { cutText } from "#lib/graphemes.ts";

const NAME_LIMIT = 100;
/** More than a person has; a cloud that says more is not believed. */
const LIST_LIMIT = 100;

/** An identifier as a cloud sends it, read as a string. */
export const cloudIdSchema = z.union([z.string(), z.number()]).transform(String).pipe(homeIdSchema);
// Control characters, and those that turn the direction of what follows: a name does not rewrite the sentence
// that it stands in.
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
function shorten(value: string): string {
  const text = value.toWellFormed().replace(UNSEEN, " ").trim();
  return cutText(text, Array.from(text).slice(0, NAME_LIMIT).join("").length);
}
/** A name as a cloud sends it: cut, without control characters, null when it says nothing. */
export const cloudNameSchema = z.string().transform(shorten).pipe(z.string().min(1)).nullable().catch(null);

const plant = z.object({ id: cloudIdSchema, name: cloudNameSchema });
/** A product in a topology; its kind is in lower case, and empty when it said none. */
export const productSchema = z.object({
  id: cloudIdSchema,
  name: cloudNameSchema,
  device: z
    .string()
    .max(NAME_LIMIT)
    .transform(shorten)
    .catch("")
    .transform((kind) => kind.toLowerCase()),
});

/** A home in the list of them. */
export type Plant = z.infer<typeof plant>;

/**
 * A product in a home: `device` is Legrand's word for its kind, in lower case, and empty when it said none.
 */
export type Module = z.infer<typeof productSchema>;

/**
 * The homes in the answer of `GET /plants`: in a member or by themselves, none for 204. Null when that is no
 * list.
 */
export function parsePlants(body: unknown): Plant[] | null {
  return body === null ? [] : readList(body, "plants", plant);
}

/**
 * The products in the answer of `GET /plants/{id}/topology`, directly or below `plant`. Null when there is no
 * list.
 */
export function parseTopology(body: unknown): Module[] | null {
  if (body === null) return [];
  const within = isRecord(body) && "plant" in body ? body.plant : body;
  return readList(within, "modules", productSchema);
}

/**
 * Returns the entries of a list that say at least their identifier, directly or in that member; null when
 * there is no list.
 */
export function readList<Schema extends z.ZodType>(
  body: unknown,
  member: string,
  entry: Schema,
): z.infer<Schema>[] | null {
  const list = isRecord(body) ? body[member] : body;
  if (!Array.isArray(list)) return null;
  return list.slice(0, LIST_LIMIT).flatMap((one: unknown) => {
    const read = entry.safeParse(one);
    return read.success ? [read.data] : [];
  });
}
