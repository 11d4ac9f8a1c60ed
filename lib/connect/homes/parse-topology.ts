import { z } from "zod";

import { isRecord } from "#lib/connect/cloud/read-cloud-json.ts";
import { homeIdSchema } from "#lib/connect/homes/product-form-schema.ts";
import { cutText } from "#lib/graphemes.ts";
import { removeInvisible } from "#lib/invisible-characters.ts";

const NAME_LIMIT = 100;
/** More than a user has. Further entries that a cloud sends are ignored. */
const LIST_LIMIT = 100;

/** An id from a cloud, read as a string. */
export const cloudIdSchema = z.union([z.string(), z.number()]).transform(String).pipe(homeIdSchema);
// A name must not change the sentence that contains it.
function shorten(value: string): string {
  const text = removeInvisible(value.toWellFormed()).trim();
  return cutText(text, Array.from(text).slice(0, NAME_LIMIT).join("").length);
}
/** A name from a cloud, cut and without control characters; null if it is empty. */
export const cloudNameSchema = z.string().transform(shorten).pipe(z.string().min(1)).nullable().catch(null);

const plant = z.object({ id: cloudIdSchema, name: cloudNameSchema });
/** A product in a topology. Its type is in lower case, and empty if none was sent. */
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

/** A home in the list of homes. */
export type Plant = z.infer<typeof plant>;

/**
 * A product in a home. `device` is Legrand's name for its type, in lower case, and empty if none was sent.
 */
export type Module = z.infer<typeof productSchema>;

/**
 * Parses the homes in the answer of `GET /plants`, as a member or as the list itself; empty for 204. Returns
 * null if it is not a list.
 */
export function parsePlants(body: unknown): Plant[] | null {
  return body === null ? [] : readList(body, "plants", plant);
}

/**
 * Parses the products in the answer of `GET /plants/{id}/topology`, at the top level or below `plant`.
 * Returns null if there is no list.
 */
export function parseTopology(body: unknown): Module[] | null {
  if (body === null) return [];
  const within = isRecord(body) && "plant" in body ? body.plant : body;
  return readList(within, "modules", productSchema);
}

/**
 * Returns the valid entries of a list, which is the body itself or the named member. An entry needs at least
 * an id. Returns null if there is no list.
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
