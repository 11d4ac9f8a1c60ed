import type { IncomingMessage, ServerResponse } from "node:http";

import { asksForHtml } from "#lib/http/content-negotiation.ts";
import { takePageStatus } from "#lib/http/page-status.ts";
import { compress } from "#lib/server/documents/compress.ts";
import { failureDocument } from "#lib/server/documents/failure-document.ts";
import { findTraits, isScriptless, NEXTS_PREFIX } from "#lib/server/front/find-traits.ts";
import { isHiddenAnswer } from "#lib/server/front/hide-administration.ts";
import { isNothingThere, notFoundDocument } from "#lib/server/documents/not-found-document.ts";
import { isRefusedForm, refusalDocument } from "#lib/server/documents/refusal-document.ts";
import { sendInPieces } from "#lib/server/documents/send-in-pieces.ts";

/** The script of password fields, as React writes it (components/legrand/accounts/password-field.tsx). */
const PASSWORD_SCRIPT = '<script src="/show-password.js" defer=""></script>';
const SCRIPTS = /<script\b[^>]*>[^]*?<\/script>|<link rel="preload" as="script"[^>]*>/g;

/** True if a browser asks for a whole page, by a link or a form, and not for a part of one. */
export function isDocumentRequest(request: IncomingMessage): boolean {
  return (
    (request.method === "GET" || request.method === "POST") &&
    !request.headers.rsc &&
    asksForHtml(request.headers.accept) &&
    !request.url?.startsWith(NEXTS_PREFIX) &&
    findTraits(request.url).audience !== "program"
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
  const accepted = String(request.headers["accept-encoding"] ?? "");
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
      return sendInPieces(response, accepted).write(chunk, encoding as BufferEncoding, done);
    }
    keep(chunk, encoding);
    (typeof encoding === "function" ? (encoding as () => void) : done)?.();
    return true;
  }) as typeof response.write;
  response.end = ((...given: unknown[]) => {
    const done = given.find((value): value is () => void => typeof value === "function");
    keep(given[0], given[1]);
    const body = transform(request, response, document, Buffer.concat(chunks));
    // The page is complete. Until it is compressed, the response is still open, and takes nothing more.
    response.write = (() => false) as typeof response.write;
    response.end = () => response;
    send(response, body, { accepted, done });
    return response;
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
  return findTraits(request.url).isStreamed && response.statusCode === 200;
}

function transform(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, isDocument, ...document }: Document,
  body: Buffer,
): Buffer {
  const status = takePageStatus(requestId) ?? document.status;
  if (isHiddenAnswer(request, response, body) || isNothingThere(response, body))
    return Buffer.from(notFoundDocument(response));
  if (status && response.statusCode === 200) response.statusCode = status;
  if (!isDocument) return body;
  if (response.statusCode >= 500) return Buffer.from(failureDocument(response, requestId));
  if (isRefusedForm(request, response)) return Buffer.from(refusalDocument(request, response, body));
  const isHtml = String(response.getHeader("content-type") ?? "").startsWith("text/html");
  return isHtml && isScriptless(request.url!) ? Buffer.from(withoutScripts(request.url!, body)) : body;
}

function withoutScripts(target: string, body: Buffer): string {
  const kept = findTraits(target).hasPasswordScript ? PASSWORD_SCRIPT : null;
  return body.toString().replace(SCRIPTS, (script) => (script === kept ? script : ""));
}

/** Sends the whole page, compressed. */
function send(
  response: ServerResponse,
  body: Buffer,
  { accepted, done }: { accepted: string; done: (() => void) | undefined },
): void {
  const { statusCode } = response;
  compress(body, accepted, (bytes, applied) => {
    release(response);
    // The head must match the page, even if Next reports a failure after it has ended the page.
    response.statusCode = statusCode;
    // Released methods no longer drop cookies from the answer to a HEAD (decision 49).
    if (response.req.method === "HEAD") response.removeHeader("set-cookie");
    response.removeHeader("transfer-encoding");
    if (applied) response.setHeader("content-encoding", applied);
    // The length of an answer to HEAD is unknown, and not 0 (RFC 9110 §8.6).
    if (response.req.method !== "HEAD") response.setHeader("content-length", bytes.length);
    // If the client has gone away, Node drops the page.
    response.end(bytes, done);
  });
}
