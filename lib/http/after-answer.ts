import { after } from "next/server";

import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

/**
 * Does that work when the answer is on its way: nobody waits for it, and its time tells nobody anything. A failure is logged
 * under `where`.
 */
export function afterAnswer(where: string, work: () => Promise<void>): void {
  after(() => work().catch((error: unknown) => logError(currentRequestId(), where, error)));
}
