import { chunksOf } from "#lib/http/chunks-of.ts";
import {
  checkParameters,
  decodeUtf8,
  notUtf8,
  PARAMETER_LIMIT,
  tooManyParameters,
} from "#lib/http/check-parameters.ts";
import { UnreadableRequestError } from "#lib/http/unreadable-request-error.ts";

export { UnreadableRequestError } from "#lib/http/unreadable-request-error.ts";

/** Far more than any form of this project needs. The library's own limit is 56 KiB. */
export const BODY_LIMIT_BYTES = 48 * 1024;

/**
 * Reads the body of a form post, `application/x-www-form-urlencoded` or `multipart/form-data` (Legrand's
 * clients send either). Keeps repeated parameters, so that the library can refuse them. Throws
 * `UnreadableRequestError` if the body is too large, is not a form, is not UTF-8, has a NUL or a file, or has
 * too many parameters. Keeps at most `limitBytes` of it in memory (48 KiB by default).
 */
export async function readForm(request: Request, limitBytes = BODY_LIMIT_BYTES): Promise<URLSearchParams> {
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
export function readQuery(search: string): URLSearchParams {
  const parameters = parseUrlEncoded(new TextEncoder().encode(search.replace(/^\?/, "")));
  // Next has put U+FFFD where the address was not UTF-8, so a `state` would come back changed.
  if (parameters.toString().includes("%EF%BF%BD")) throw notUtf8();
  return parameters;
}

/**
 * Reads the bytes of a body, up to that limit. Throws `UnreadableRequestError` if it is larger or compressed.
 */
export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  requireNoCoding(request.headers);
  const tooLarge = () => new UnreadableRequestError(413, `The body is larger than ${limitBytes} bytes`);
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(request.body)) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/**
 * Throws `UnreadableRequestError` (415, RFC 9110 §15.5.16) for a body with a content coding. A few compressed
 * kilobytes can be gigabytes, and no client of Legrand's sends such a body.
 */
export function requireNoCoding(headers: Headers): void {
  const coding = headers.get("content-encoding")?.trim().toLowerCase();
  if (coding && coding !== "identity")
    throw new UnreadableRequestError(415, "The body is compressed. Send it without Content-Encoding");
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
