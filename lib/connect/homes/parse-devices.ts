import { z } from "zod";

import { isRecord } from "#lib/connect/cloud/read-cloud-json.ts";
import type { DeviceState } from "#lib/connect/homes/home.ts";
import {
  cloudIdSchema,
  cloudNameSchema,
  productSchema,
  readList,
  type Module,
} from "#lib/connect/homes/parse-topology.ts";

/** A product of the Home + Control API. `room` is the name of its room, or null if it is in none. */
export type Installed = Module & { room: string | null };

const ambient = z.object({ name: cloudNameSchema, modules: z.unknown() });
const quantity = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number().min(-1_000_000).max(1_000_000));
const word = z
  .string()
  .max(40)
  .transform((value) => value.toLowerCase())
  .nullable()
  .catch(null);

const state = z.object({
  sender: z.object({ plant: z.object({ module: z.object({ id: cloudIdSchema }) }) }),
  // A product counts as unreachable only if it says so.
  reachable: z.boolean().catch(true),
  status: word,
  battery: word,
  level: quantity.nullable().catch(null),
  consumptions: z.array(z.object({ value: quantity })).catch([]),
});

/**
 * Parses the products in the answer of `GET /plants/{id}/topology`: first those of each room, then those
 * without a room. Returns null if there is no list.
 */
export function parseInstalled(body: unknown): Installed[] | null {
  const plant = isRecord(body) && "plant" in body ? body.plant : body;
  if (!isRecord(plant)) return null;
  const rooms = readList(plant, "ambients", ambient);
  const others = readList(plant, "modules", productSchema);
  if (!rooms && !others) return null;
  const inRooms = (rooms ?? []).flatMap(({ name: room, modules }) =>
    (readList(modules, "modules", productSchema) ?? []).map((module) => ({ ...module, room })),
  );
  return [...inRooms, ...(others ?? []).map((module) => ({ ...module, room: null }))];
}

/**
 * Parses the state of each product, by id, from the answer of `GET /plants/{id}` or of a single product. The
 * answer has a list for each family; the names of the lists do not matter. Returns null if the answer has no
 * lists.
 */
export function parseStates(body: unknown): Map<string, DeviceState> | null {
  const families = isRecord(body) && isRecord(body.modules) ? body.modules : body;
  if (!isRecord(families)) return null;
  const entries = Object.values(families).flatMap((family) => readList(family, "", state) ?? []);
  return new Map(
    entries.map(({ sender, reachable, status, battery, level, consumptions }) => [
      sender.plant.module.id,
      {
        isReachable: reachable,
        battery,
        isOn: status === null ? null : status === "on",
        level: level === null ? null : Math.min(100, Math.max(0, Math.round(level))),
        watts: consumptions[0]?.value ?? null,
      },
    ]),
  );
}
