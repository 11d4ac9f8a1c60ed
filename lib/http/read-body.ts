import type { IncomingRequest } from "#lib/http/incoming-request.ts";

/** Thrown for a request that is refused before its content is processed. */
export class UnreadableRequestError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads the bytes of a body, up to that limit. Throws `UnreadableRequestError` if it is larger or compressed.
 */
export async function readBody(
  request: Pick<IncomingRequest, "headers" | "body">,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
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

/** Decodes these bytes as UTF-8. Throws `UnreadableRequestError` if they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8();
  }
}

/** Returns the refusal of a request that is not UTF-8. */
export const notUtf8 = (): UnreadableRequestError =>
  new UnreadableRequestError(400, "The request is not UTF-8");

const DROP_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Yields the chunks of a body. If the caller stops early, reads and drops the rest, up to the size limit. A
 * connection with an unread body answers nothing any more, neither this request nor the next one (RFC 9112
 * §9.6). Throws `UnreadableRequestError` if the sender goes away before the end.
 */
export async function* chunksOf(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  // Not a `for await`, which would close the connection if the caller stops early.
  const chunks = body[Symbol.asyncIterator]();
  let isDone = false;
  try {
    for (let read = await next(chunks); !(isDone = Boolean(read.done)); read = await next(chunks))
      yield read.value as Uint8Array;
  } finally {
    if (!isDone) await drop(chunks);
  }
}

async function next(chunks: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await chunks.next();
  } catch {
    throw new UnreadableRequestError(400, "The request ended before its body did");
  }
}

async function drop(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  let dropped = 0;
  try {
    for (let read = await chunks.next(); !read.done && dropped < DROP_LIMIT_BYTES; read = await chunks.next())
      dropped += read.value.length;
  } catch {
    // The sender has gone.
  }
}
