import { headers } from "next/headers";

import { setPageStatus, type PageStatus } from "#lib/http/page-status.ts";

/**
 * Sets the status of the page that is being rendered. Next offers a page only 200 and 404, so the server,
 * which sends what Next renders, sets the status (lib/server/documents/finish-document.ts, serve.ts). The
 * status is sent with the first byte, so a part of a page that arrives later (Suspense) cannot set it.
 */
export async function answerPageWith(status: PageStatus): Promise<void> {
  const requestId = (await headers()).get("x-request-id");
  if (requestId) setPageStatus(requestId, status);
}
