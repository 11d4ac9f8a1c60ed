import type { IncomingRequest } from "#lib/http/incoming-request.ts";
import { decodeUtf8, notUtf8, readBody, UnreadableRequestError } from "#lib/http/read-body.ts";

/** Far more than any form of this project has. */
export const PARAMETER_LIMIT = 100;

/** Far more than any form of this project needs. The library's own limit is 56 KiB. */
export const BODY_LIMIT_BYTES = 48 * 1024;

/**
 * Reads the body of a form post, `application/x-www-form-urlencoded` or `multipart/form-data` (Legrand's
 * clients send either). Keeps repeated parameters, so that the library can refuse them. Throws
 * `UnreadableRequestError` if the body is too large, is not a form, is not UTF-8, has a NUL or a file, or has
 * too many parameters. Keeps at most `limitBytes` of it in memory (48 KiB by default).
 */
export async function readForm(
  request: Pick<IncomingRequest, "headers" | "body">,
  limitBytes = BODY_LIMIT_BYTES,
): Promise<URLSearchParams> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  const body = await readBody(request, limitBytes);
  if (type === "application/x-www-form-urlencoded") return parseUrlEncoded(body);
  if (type === "multipart/form-data") return parseMultipart(body, request.headers.get("content-type")!);
  throw new UnreadableRequestError(
    415,
    "The body has to be a form: application/x-www-form-urlencoded or multipart/form-data",
  );
}

/** Parses the parameters of a query string, under the same rules as a form's. */
export function readQueryString(search: string): URLSearchParams {
  const parameters = parseUrlEncoded(new TextEncoder().encode(search.replace(/^\?/, "")));
  // Next has put U+FFFD where the address was not UTF-8, so a `state` would come back changed.
  if (parameters.toString().includes("%EF%BF%BD")) throw notUtf8();
  return parameters;
}

function parseUrlEncoded(bytes: Uint8Array): URLSearchParams {
  const text = decodeUtf8(bytes);
  if (!text) return new URLSearchParams();
  const pairs = text.split("&", PARAMETER_LIMIT + 1);
  if (pairs.length > PARAMETER_LIMIT) throw tooManyParameters();
  // URLSearchParams would put a replacement character where the encoding is broken; decodeURIComponent
  // throws.
  return checkParameters(
    new URLSearchParams(
      pairs.map((pair) => {
        const equals = pair.indexOf("=");
        return equals < 0
          ? [decode(pair), ""]
          : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
      }),
    ),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    throw new UnreadableRequestError(400, "A parameter is not percent-encoded UTF-8");
  }
}

async function parseMultipart(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<URLSearchParams> {
  decodeUtf8(body);
  const form = await new Response(body, { headers: { "content-type": contentType } }).formData().catch(() => {
    throw new UnreadableRequestError(400, "The body is not a complete multipart form");
  });
  return checkParameters(
    new URLSearchParams(
      [...form].map(([name, value]): [string, string] => {
        if (typeof value !== "string")
          throw new UnreadableRequestError(400, "The authorization server accepts no files");
        return [name, value];
      }),
    ),
  );
}

/** Returns the refusal of a request with too many parameters. */
export const tooManyParameters = (): UnreadableRequestError =>
  new UnreadableRequestError(400, `The request has more than ${PARAMETER_LIMIT} parameters`);

/**
 * Returns the same parameters. Throws `UnreadableRequestError` if there are too many, or if one has a NUL.
 */
export function checkParameters(parameters: URLSearchParams): URLSearchParams {
  if (parameters.size > PARAMETER_LIMIT) throw tooManyParameters();
  // PostgreSQL cannot store a NUL in text.
  for (const [name, value] of parameters) {
    if (name.includes("\0") || value.includes("\0"))
      throw new UnreadableRequestError(400, "A parameter has a NUL character");
  }
  return parameters;
}
