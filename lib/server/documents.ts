import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { takePageStatus } from "#lib/http/page-status.ts";
import { failureDocument } from "#lib/server/failure-document.ts";
import { isHiddenAnswer } from "#lib/server/hide-administration.ts";
import { isNothingThere, notFoundDocument } from "#lib/server/not-found-document.ts";
import { isRefusedForm, refusalDocument } from "#lib/server/refusal-document.ts";
import { sendInPieces } from "#lib/server/send-in-pieces.ts";

/**
 * Pages that need no script at all: the sandbox's sign-in, consent, errors, and wherever a password is typed,
 * where a foreign script would be worst; the overview of administrators, which is mostly numbers.
 */
const SCRIPTLESS =
  /^\/admin$|^\/legrand\/(interaction\/[^/]+|authorization-error|authorize|sign-in|(sign-up|forgotten-password|reset-password|account)(\/[^/]+)?)$/;
const SCRIPTS = /<script\b[^>]*>[^]*?<\/script>|<link rel="preload" as="script"[^>]*>/g;
/**
 * Endpoints that only programs call: they answer in JSON under any `Accept`, a failure too (RFC 6749 §5.2).
 */
const FOR_PROGRAMS =
  /^\/(?:legrand\/(?:(?:token|revoke|introspect|userinfo|jwks)\/?|(?:[^/]+\/)?\.well-known\/.+|api\/.+)|\.well-known\/.+)$/;
/** Pages that stand at once and get the rest when it is there. */
const STREAMED = /^\/account$/;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Whether the pages below that path are sent without scripts. Development keeps them, for hot reload. */
export function isScriptless(path: string): boolean {
  return process.env.NODE_ENV !== "development" && SCRIPTLESS.test(path);
}

/** Whether a browser asks for a page, and not for a part of one: by a link, or by sending a form. */
export function isDocumentRequest(request: IncomingMessage): boolean {
  return (
    (request.method === "GET" || request.method === "POST") &&
    !request.headers.rsc &&
    Boolean(request.headers.accept?.includes("text/html")) &&
    !request.url?.startsWith("/_next/") &&
    !FOR_PROGRAMS.test(request.url?.split("?")[0] ?? "")
  );
}

/** Whose answer is finished; `status` is the status of a page that asks for none itself. */
type Document = { requestId: string; isDocument: boolean; status?: number };

/**
 * Holds back a page until it is whole, to send it without scripts where it needs none, as a plain page with a
 * request id where rendering it failed (a page of Next's cannot choose its status, nor show an error without
 * scripts), and compressed. A page that arrives in pieces goes on its way with the first one, when nothing
 * has failed until then; a file too, as it is. What is no document is held back below /admin only, where
 * everybody has to hear the same of what is not for them.
 */
export function finishDocument(request: IncomingMessage, response: ServerResponse, document: Document): void {
  const encodings = request.headers["accept-encoding"] ?? "";
  delete request.headers["accept-encoding"];
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding?: unknown) => {
    if (typeof chunk === "string")
      chunks.push(Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8"));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  response.flushHeaders = () => {};
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    const headers = rest.find((value) => typeof value === "object" && value !== null) ?? {};
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string);
    return response;
  };
  response.write = ((chunk: unknown, encoding?: unknown, done?: () => void) => {
    if (isDownload(response)) {
      release(response);
      return response.write(chunk, encoding as BufferEncoding, done);
    }
    if (isStreamed(request, response)) {
      release(response);
      return sendInPieces(response, encodings).write(chunk, encoding as BufferEncoding, done);
    }
    keep(chunk, encoding);
    (typeof encoding === "function" ? (encoding as () => void) : done)?.();
    return true;
  }) as typeof response.write;
  response.end = ((chunk?: unknown, encoding?: unknown) => {
    keep(chunk, encoding);
    release(response);
    return response.end(
      compress(response, encodings, transform(request, response, document, Buffer.concat(chunks))),
    );
  }) as typeof response.end;
}

/** Node's own `end` writes the head through the response's methods: back to the original ones. */
function release(response: ServerResponse): void {
  for (const method of ["flushHeaders", "writeHead", "write", "end"] as const)
    delete (response as Partial<ServerResponse>)[method];
}

/**
 * For what is no document (a script or a program reads the page): the status that the page asked for, put on
 * it as its head goes out.
 */
export function honourPageStatus(response: ServerResponse, requestId: string): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: unknown[]
  ) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const asked = takePageStatus(requestId);
    return writeHead(status === 200 && asked ? asked : status, ...rest);
  };
}

/** A file of any size: it goes on its way as it is written, no faster than it is read. */
function isDownload(response: ServerResponse): boolean {
  return (
    response.statusCode === 200 &&
    String(response.getHeader("content-disposition") ?? "").startsWith("attachment")
  );
}

function isStreamed(request: IncomingMessage, response: ServerResponse): boolean {
  return STREAMED.test(request.url!.split("?")[0]!) && response.statusCode === 200;
}

function transform(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, isDocument, ...document }: Document,
  body: Buffer,
): Buffer {
  const path = request.url!.split("?")[0]!;
  const status = takePageStatus(requestId) ?? document.status;
  if (isHiddenAnswer(request, response, body) || isNothingThere(response, body))
    return Buffer.from(notFoundDocument(response));
  if (status && response.statusCode === 200) response.statusCode = status;
  if (!isDocument) return body;
  if (response.statusCode >= 500) return Buffer.from(failureDocument(response, requestId));
  if (isRefusedForm(request, response)) return Buffer.from(refusalDocument(request, response, body));
  const isHtml = String(response.getHeader("content-type") ?? "").startsWith("text/html");
  return isHtml && isScriptless(path) ? Buffer.from(body.toString().replace(SCRIPTS, "")) : body;
}

function compress(response: ServerResponse, encodings: string, body: Buffer): Buffer {
  const encoding =
    body.length < 1024 ? null : /\bbr\b/.test(encodings) ? "br" : /\bgzip\b/.test(encodings) ? "gzip" : null;
  const bytes =
    encoding === "br" ? brotliCompressSync(body, BROTLI) : encoding === "gzip" ? gzipSync(body) : body;
  response.removeHeader("transfer-encoding");
  if (encoding) response.setHeader("content-encoding", encoding);
  // Whose length is not known, and not 0 (RFC 9110 §8.6).
  if (response.req.method !== "HEAD") response.setHeader("content-length", bytes.length);
  return bytes;
}
