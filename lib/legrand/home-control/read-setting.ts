import { z } from "zod";

import { decodeUtf8 } from "#lib/http/check-parameters.ts";
import { readBody, readForm, UnreadableRequestError } from "#lib/http/read-parameters.ts";

/** Far beyond any request of the API. */
const LIMIT_BYTES = 16 * 1024;

const STATUS_ERROR = "has to be on or off";
const LEVEL_ERROR = "has to be a whole number from 0 to 100, or -1 to stop";

/** `status` of a light or a plug: true for on. */
export const switchSchema = z.object({
  status: z.string(STATUS_ERROR).trim().toLowerCase().pipe(z.enum(["on", "off"], STATUS_ERROR)).transform((status) => status === "on"),
}, "has to be an object with status").transform(({ status }) => status);

/** `level` of a shutter: 0 closed, 100 open, null to stop. `ids` is sent by clients and not looked at: the path names the shutter. */
export const levelSchema = z.object({
  level: z.union([z.number(), z.string().trim().regex(/^-?\d{1,3}$/).transform(Number)], LEVEL_ERROR).pipe(z.number().int(LEVEL_ERROR).min(-1, LEVEL_ERROR).max(100, LEVEL_ERROR)),
}, "has to be an object with level").transform(({ level }) => (level === -1 ? null : level));

/** What the body says, or what is wrong with it. */
export type ReadSetting<T> = { ok: true; value: T } | { ok: false; message: string };

/**
 * Reads the body of a setting by that schema. It is JSON or a form (urlencoded or multipart): clients of the real API send either. A body
 * that begins like JSON is read as JSON whatever its `Content-Type` says, because command line tools call everything a form.
 */
export async function readSetting<T>(request: Request, schema: z.ZodType<T>): Promise<ReadSetting<T>> {
  const body = await readMembers(request);
  if (!body.ok) return body;
  const parsed = schema.safeParse(body.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  return wrong(`${path.map(String).join(".") || "the body"} ${message}`);
}

async function readMembers(request: Request): Promise<ReadSetting<unknown>> {
  try {
    const type = request.headers.get("content-type") ?? "";
    if (/^multipart\/form-data\b/i.test(type)) return { ok: true, value: Object.fromEntries(await readForm(request, LIMIT_BYTES)) };
    const text = decodeUtf8(await readBody(request, LIMIT_BYTES)).trim();
    const isJson = /^[[{"]/.test(text) || /^application\/json\b/i.test(type);
    return { ok: true, value: isJson ? (JSON.parse(text) as unknown) : Object.fromEntries(new URLSearchParams(text)) };
  } catch (error) {
    if (error instanceof UnreadableRequestError && error.status === 413) return wrong(`the body is larger than ${LIMIT_BYTES / 1024} KB`);
    if (error instanceof UnreadableRequestError || error instanceof SyntaxError) return wrong("the body is neither JSON nor a form, in UTF-8");
    throw error;
  }
}

const wrong = (sentence: string): ReadSetting<never> => ({ ok: false, message: `Wrong parameters: ${sentence}` });
