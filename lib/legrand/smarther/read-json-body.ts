import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import type { z } from "zod";

import { decodeUtf8 } from "#lib/http/read-body.ts";
import { readBody } from "#lib/http/read-body.ts";
import { UnreadableRequestError } from "#lib/http/read-body.ts";

/** Maximum size in bytes of a body of the APIs, far larger than any request. */
export const JSON_LIMIT_BYTES = 16 * 1024;

/** The value of the body, or which parameter is wrong and why. */
export type ReadJson<T> = { ok: true; value: T } | { ok: false; message: string };

/** Reads a JSON body by that schema. Ignores `Content-Type`, because clients send different ones. */
export function readJsonBody<T>(request: IncomingRequest, schema: z.ZodType<T>): Promise<ReadJson<T>> {
  return readBySchema(
    async () => JSON.parse(decodeUtf8(await readBody(request, JSON_LIMIT_BYTES))) as unknown,
    schema,
    "not JSON in UTF-8",
  );
}

/**
 * Checks what `read` finds in a body by that schema. `fault` describes a body that cannot be read, such as
 * "not JSON in UTF-8". Returns the value, or a message about what is wrong. Throws what `read` throws, unless
 * the request is at fault.
 */
export async function readBySchema<T>(
  read: () => Promise<unknown>,
  schema: z.ZodType<T>,
  fault: string,
): Promise<ReadJson<T>> {
  try {
    const parsed = schema.safeParse(await read());
    if (parsed.success) return { ok: true, value: parsed.data };
    const { path, message } = parsed.error.issues[0]!;
    return wrong(
      `${
        path
          .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
          .join("")
          .slice(1) || "the body"
      } ${message}`,
    );
  } catch (error) {
    return wrong(`the body is ${describeFault(error, fault)}`);
  }
}

function describeFault(error: unknown, fault: string): string {
  if (error instanceof UnreadableRequestError && error.status === 413)
    return `larger than ${JSON_LIMIT_BYTES / 1024} KB`;
  if (error instanceof UnreadableRequestError && error.status === 415)
    return "compressed; send it without Content-Encoding";
  if (error instanceof UnreadableRequestError || error instanceof SyntaxError) return fault;
  throw error;
}

const wrong = (sentence: string): ReadJson<never> => ({
  ok: false,
  message: `Wrong parameters: ${sentence}`,
});
