import type { ServerResponse } from "node:http";

import { wasDatabaseFailure } from "#lib/http/database-failure.ts";
import { plainDocument } from "#lib/server/documents/plain-document.ts";

/**
 * Returns the page for an internal error. Sets the status (503 if the database is the reason, else 500) and
 * the headers.
 */
export function failureDocument(response: ServerResponse, requestId: string): string {
  const unavailable = wasDatabaseFailure(requestId) || response.statusCode === 503;
  response.statusCode = unavailable ? 503 : 500;
  if (unavailable) response.setHeader("retry-after", "5");
  return plainDocument(response, {
    code: String(response.statusCode),
    title: unavailable ? "The database does not answer" : "Something failed on our side",
    paragraphs: [
      "The step was not completed. Nothing that you had before was lost. Try again in a moment.",
      '<a href="/">Go to the start page</a>',
      `Request <code>${requestId}</code>`,
    ],
  });
}
