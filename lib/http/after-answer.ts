import { after } from "next/server";

import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";
import { trackWork } from "#lib/work-under-way.ts";

/**
 * Runs `work` after the response is sent. It adds no latency, and its duration cannot be observed (timing
 * side channel). A failure is logged under `where`. A stopping process waits for it; work that takes longer
 * than a few seconds has to check `stopping()` (lib/work-under-way.ts).
 */
export function afterAnswer(where: string, work: () => Promise<void>): void {
  after(() => {
    const done = work().catch((error: unknown) => logError(currentRequestId(), where, error));
    trackWork(done);
    return done;
  });
}
