import type { z } from "zod";

import { decodeUtf8 } from "#lib/http/check-parameters.ts";
import { readBody } from "#lib/http/read-parameters.ts";
import { UnreadableRequestError } from "#lib/http/unreadable-request-error.ts";

/** Far beyond any request of the API. */
const LIMIT_BYTES = 16 * 1024;

/** What the body says, or which parameter is wrong and why. */
export type ReadJson<T> = { ok: true; value: T } | { ok: false; message: string };

/** Reads a body of JSON by that schema. Its `Content-Type` is not looked at: clients send several. */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<ReadJson<T>> {
  const body = await readValue(request);
  if (!body.ok) return body;
  const parsed = schema.safeParse(body.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const { path, message } = parsed.error.issues[0]!;
  return wrong(`${path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("").slice(1) || "the body"} ${message}`);
}

async function readValue(request: Request): Promise<ReadJson<unknown>> {
  try {
    return { ok: true, value: JSON.parse(decodeUtf8(await readBody(request, LIMIT_BYTES))) as unknown };
  } catch (error) {
    if (error instanceof UnreadableRequestError && error.status === 413) return wrong(`the body is larger than ${LIMIT_BYTES / 1024} KB`);
    if (error instanceof UnreadableRequestError && error.status === 415) return wrong("the body is compressed; send it without Content-Encoding");
    if (error instanceof UnreadableRequestError || error instanceof SyntaxError) return wrong("the body is not JSON in UTF-8");
    throw error;
  }
}

const wrong = (sentence: string): ReadJson<never> => ({ ok: false, message: `Wrong parameters: ${sentence}` });
