import { IncomingMessage, type ServerResponse } from "node:http";

import { DOCUMENT_HEADER, ERROR_PAGE, SHOWN_ERROR_HEADER } from "#lib/http/server-headers.ts";
import { finishDocument } from "#lib/server/documents/finish-document.ts";
import { headerValues } from "#lib/server/front/header-values.ts";

/** Next's request handler. */
type Render = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Above the usual limit of 10, at which Node warns of a leak. */
const MOST_LISTENERS = 30;

/**
 * Lets Next answer a request. If a route answers with a sealed error (`SHOWN_ERROR_HEADER`), that answer is
 * not sent. Instead Next renders the error page for the same request, and the page gets the status of the
 * route's answer.
 */
export async function renderOrShowError(
  render: Render,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  // Each rendering by Next adds several listeners for the end of the response.
  response.setMaxListeners(MOST_LISTENERS);
  const takeHeld = holdError(response);
  await render(request, response);
  const sealed = takeHeld();
  if (!sealed) return;
  const page = requestForPage(request, sealed);
  finishDocument(page, response, { requestId, isDocument: true, status: response.statusCode });
  await render(page, response);
}

/**
 * Keeps a response with a sealed error from being sent. Returns a function that removes and returns the
 * error, together with the other headers of that response.
 */
function holdError(response: ServerResponse): () => string | null {
  // A stop may set `Connection` at any time.
  const own = new Set([...response.getHeaderNames(), "connection"]);
  const [writeHead, end] = [
    response.writeHead.bind(response) as (...values: unknown[]) => ServerResponse,
    response.end.bind(response) as (...values: unknown[]) => ServerResponse,
  ];
  const isHeld = () => response.hasHeader(SHOWN_ERROR_HEADER);
  response.writeHead = (...values: unknown[]) =>
    isHeld() ? Object.assign(response, { statusCode: values[0] }) : writeHead(...values);
  response.end = (...values: unknown[]) => (isHeld() ? response : end(...values));
  return () => {
    const sealed = response.getHeader(SHOWN_ERROR_HEADER);
    if (!sealed) return null;
    for (const name of response.getHeaderNames()) if (!own.has(name)) response.removeHeader(name);
    return String(sealed);
  };
}

/** Makes the same request for the error page: a GET or HEAD without a body. */
function requestForPage(request: IncomingMessage, sealed: string): IncomingMessage {
  const {
    "content-length": _length,
    "content-type": _type,
    "transfer-encoding": _encoding,
    ...headers
  } = request.headers;
  const page = new IncomingMessage(request.socket);
  Object.assign(page, {
    method: request.method === "HEAD" ? "HEAD" : "GET",
    url: ERROR_PAGE,
    complete: true,
    httpVersion: request.httpVersion,
    httpVersionMajor: request.httpVersionMajor,
    httpVersionMinor: request.httpVersionMinor,
    // For a document the header was removed, because this server does the compression.
    headers: {
      ...headers,
      "accept-encoding": headerValues(request, "accept-encoding").join(", "),
      [SHOWN_ERROR_HEADER]: sealed,
      [DOCUMENT_HEADER]: "1",
    },
  });
  page.push(null);
  return page;
}
