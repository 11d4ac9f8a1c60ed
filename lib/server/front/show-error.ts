import { IncomingMessage, type ServerResponse } from "node:http";

import { DOCUMENT_HEADER, ERROR_PAGE, SHOWN_ERROR_HEADER } from "#lib/http/server-headers.ts";
import { finishDocument } from "#lib/server/documents/finish-document.ts";
import { headerValues } from "#lib/server/front/header-values.ts";

/** Next's request handler. */
export type Render = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An error that an endpoint sealed, and the status of its answer. */
type ShownAnswer = { sealed: string; status: number; requestId: string };

/**
 * Lets Next render the error page as the answer to a request. The page gets the sealed error and the status of
 * the endpoint's answer.
 */
export function renderError(
  render: Render,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  { sealed, status, requestId }: ShownAnswer,
): Promise<void> {
  const page = requestForPage(request, sealed);
  finishDocument(page, response, { requestId, isDocument: true, status });
  return render(page, response);
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
