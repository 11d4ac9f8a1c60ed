import { brotliCompress, constants, gzip } from "node:zlib";

import { preferredCoding, type Coding } from "#lib/http/content-negotiation.ts";

/** A shorter body hardly becomes smaller. */
const LEAST_COMPRESSED_BYTES = 1024;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/**
 * Compresses a body with the coding that `accepted` (the `Accept-Encoding` of the request) prefers, in a
 * thread, so that a large body does not delay other requests. Then calls `done` with the bytes and the coding
 * that was applied. Calls it at once, with null, if the body is short or no coding is accepted. If the
 * compression fails, the body is passed on as it is.
 */
export function compress(
  body: Buffer,
  accepted: string,
  done: (bytes: Buffer, applied: Coding | null) => void,
): void {
  const coding = body.length < LEAST_COMPRESSED_BYTES ? null : preferredCoding(accepted);
  const finish = (error: Error | null, bytes: Buffer) => (error ? done(body, null) : done(bytes, coding));
  if (!coding) done(body, null);
  else if (coding === "br") brotliCompress(body, BROTLI, finish);
  else gzip(body, finish);
}
