import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { z } from "zod";

import { decodeUtf8 } from "#lib/http/read-body.ts";
import { readBody } from "#lib/http/read-body.ts";
import { readForm } from "#lib/http/read-parameters.ts";
import { JSON_LIMIT_BYTES, readBySchema, type ReadJson } from "#lib/legrand/smarther/read-json-body.ts";

const STATUS_ERROR = "has to be on or off";
const LEVEL_ERROR = "has to be a whole number from 0 to 100, or -1 to stop";

/** Parses the `status` of a light or a plug. True means on. */
export const switchSchema = z
  .object(
    {
      status: z
        .string(STATUS_ERROR)
        .trim()
        .toLowerCase()
        .pipe(z.enum(["on", "off"], STATUS_ERROR))
        .transform((status) => status === "on"),
    },
    "has to be an object with status",
  )
  .transform(({ status }) => status);

/**
 * Parses the `level` of a shutter: 0 is closed, 100 is open, null is stop. Clients also send `ids`, which is
 * ignored because the path names the shutter.
 */
export const levelSchema = z
  .object(
    {
      level: z
        .union(
          [
            z.number(),
            z
              .string()
              .trim()
              .regex(/^-?\d{1,3}$/)
              .transform(Number),
          ],
          LEVEL_ERROR,
        )
        .pipe(z.number().int(LEVEL_ERROR).min(-1, LEVEL_ERROR).max(100, LEVEL_ERROR)),
    },
    "has to be an object with level",
  )
  .transform(({ level }) => (level === -1 ? null : level));

/**
 * Reads the body of a setting with this schema. It is JSON or a form (urlencoded or multipart), because
 * clients of the real API send either. A body that begins like JSON is read as JSON whatever its
 * `Content-Type` says, because command-line tools call everything a form.
 */
export function readSetting<T>(request: IncomingRequest, schema: z.ZodType<T>): Promise<ReadJson<T>> {
  return readBySchema(() => readMembers(request), schema, "neither JSON nor a form, in UTF-8");
}

async function readMembers(request: IncomingRequest): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (/^multipart\/form-data\b/i.test(type))
    return Object.fromEntries(await readForm(request, JSON_LIMIT_BYTES));
  const text = decodeUtf8(await readBody(request, JSON_LIMIT_BYTES)).trim();
  const isJson = /^[[{"]/.test(text) || /^application\/json\b/i.test(type);
  return isJson ? (JSON.parse(text) as unknown) : Object.fromEntries(new URLSearchParams(text));
}
