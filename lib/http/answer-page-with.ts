import { headers } from "next/headers";

import { notePageStatus, type PageStatus } from "#lib/http/page-status.ts";

/**
 * Lets the page that is being rendered be answered with that status: Next offers a page 200 and 404 only, and
 * our server, which sends what Next renders, puts the status on it (lib/server/documents.ts, serve.ts). The
 * status goes out with the first byte: not for a part of a page that arrives later (Suspense).
 */
export async function answerPageWith(status: PageStatus): Promise<void> {
  const requestId = (await headers()).get("x-request-id");
  if (requestId) notePageStatus(requestId, status);
}
