import type { ServerResponse } from "node:http";
import { constants, createGzip } from "node:zlib";

import { preferredCoding } from "#lib/http/content-negotiation.ts";

/**
 * Compresses what is written to this response, and flushes each piece so that the browser can read it at
 * once. `accepted` is `Accept-Encoding`. Returns the response.
 */
export function sendInPieces(response: ServerResponse, accepted: string): ServerResponse {
  if (!preferredCoding(accepted, ["gzip"])) return response;
  response.setHeader("content-encoding", "gzip");
  const gzip = createGzip();
  const [write, end] = [response.write.bind(response), response.end.bind(response)];
  gzip.on("data", (chunk: Buffer) => write(chunk));
  gzip.on("end", () => end());
  response.once("close", () => gzip.destroy());
  response.write = ((chunk: Buffer, encoding: BufferEncoding, done?: () => void) => {
    gzip.write(chunk, encoding);
    gzip.flush(constants.Z_SYNC_FLUSH, done);
    // A page is small, so the writer does not have to wait for the browser.
    return true;
  }) as typeof response.write;
  response.end = ((chunk?: Buffer) => {
    gzip.end(chunk);
    return response;
  }) as typeof response.end;
  return response;
}
