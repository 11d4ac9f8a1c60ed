import type { IncomingMessage, ServerResponse } from "node:http";

import { isBelowAdministration, notFoundDocument } from "#lib/server/not-found-document.ts";

/**
 * Whoever asks for no document (a program, `Accept: application/json`, HEAD) gets one 404 below /admin too: what a page, a file that is not for everybody
 * and an address that nothing answers say differs, and would tell them apart. Anything but a 404 goes on its way as it is.
 */
export function hideNothing(request: IncomingMessage, response: ServerResponse): void {
  if (!["GET", "HEAD"].includes(request.method ?? "") || request.headers.rsc || !isBelowAdministration(request)) return;
  const [writeHead, write, end] = [response.writeHead.bind(response), response.write.bind(response), response.end.bind(response)] as [Method, Method, Method];
  // Next would compress what is thrown away here, and say so of what is sent.
  delete request.headers["accept-encoding"];
  const isNothing = () => response.statusCode === 404 && !response.headersSent;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (status !== 404) return writeHead(status, ...rest);
    response.statusCode = status;
    return response;
  });
  response.write = ((...chunk: unknown[]) => (isNothing() ? true : write(...chunk))) as typeof response.write;
  response.end = ((...chunk: unknown[]) => {
    if (!isNothing()) return end(...chunk);
    const body = notFoundDocument(response);
    response.removeHeader("transfer-encoding");
    response.setHeader("content-length", Buffer.byteLength(body));
    writeHead(404);
    return end(body);
  }) as typeof response.end;
}

type Method = (...values: unknown[]) => never;
