import type { IncomingMessage, ServerResponse } from "node:http";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { takePageStatus } from "#lib/http/page-status.ts";
import { failureDocument } from "#lib/server/documents/failure-document.ts";
import { isHiddenAnswer } from "#lib/server/front/hide-administration.ts";
import { isNothingThere, notFoundDocument } from "#lib/server/documents/not-found-document.ts";
import { isRefusedForm, refusalDocument } from "#lib/server/documents/refusal-document.ts";
import { sendInPieces } from "#lib/server/documents/send-in-pieces.ts";

/**
 * Pages that need no script: the sandbox's sign-in, consent and errors, and every page with a password field,
 * where an injected script would do the most harm. Also the administrators' overview, which is mostly
 * numbers.
 */
const SCRIPTLESS =
  /^\/admin$|^\/legrand\/(interaction\/[^/]+|authorization-error|authorize|sign-in|(sign-up|forgotten-password|reset-password|account)(\/[^/]+)?)$/;
const SCRIPTS = /<script\b[^>]*>[^]*?<\/script>|<link rel="preload" as="script"[^>]*>/g;
/**
 * Endpoints that only programs call. They answer in JSON whatever `Accept` says, for failures too (RFC 6749
 * §5.2).
 */
const FOR_PROGRAMS =
  /^\/(?:legrand\/(?:(?:token|revoke|introspect|userinfo|jwks)\/?|(?:[^/]+\/)?\.well-known\/.+|api\/.+)|\.well-known\/.+)$/;
/** Pages that are sent at once and stream the rest when it is ready. */
const STREAMED = /^\/account$/;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** True if pages at this path are sent without scripts. Development keeps the scripts, for hot reload. */
export function isScriptless(path: string): boolean {
  return process.env.NODE_ENV !== "development" && SCRIPTLESS.test(path);
}

/** True if a browser asks for a whole page, by a link or a form, and not for a part of one. */
export function isDocumentRequest(request: IncomingMessage): boolean {
  return (
    (request.method === "GET" || request.method === "POST") &&
    !request.headers.rsc &&
    Boolean(request.headers.accept?.includes("text/html")) &&
    !request.url?.startsWith("/_next/") &&
    !FOR_PROGRAMS.test(request.url?.split("?")[0] ?? "")
  );
}

/**
 * Describes the response that is being finished. `status` is the status of a page that does not set one
 * itself.
 */
type Document = { requestId: string; isDocument: boolean; status?: number };

/**
 * Holds back a page until it is complete. Then sends it compressed, without scripts if it needs none, and as
 * a plain page with the request id if rendering failed (a page in Next can neither choose its status nor show
 * an error without scripts).
 *
 * A streamed page is sent from its first piece on, if nothing has failed until then. A download is sent as it
 * is written. Responses other than documents are held back only below /admin, where a caller without a role
 * must get the same answer everywhere.
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

/** Restores the original methods, because Node's own `end` writes the head through them. */
function release(response: ServerResponse): void {
  for (const method of ["flushHeaders", "writeHead", "write", "end"] as const)
    delete (response as Partial<ServerResponse>)[method];
}

/**
 * Sets the status that the page asked for when the head is sent. For responses that are not documents, which
 * a script or a program reads.
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

/** True for a download of any size. It is sent as it is written, no faster than the client reads it. */
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
  // The length of an answer to HEAD is unknown, and not 0 (RFC 9110 §8.6).
  if (response.req.method !== "HEAD") response.setHeader("content-length", bytes.length);
  return bytes;
}
