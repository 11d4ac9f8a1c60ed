import { after } from "next/server";

import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";
import { noteWork } from "#lib/work-under-way.ts";

/**
 * Does that work when the answer is on its way: nobody waits for it, and its time tells nobody anything. A
 * failure is logged under `where`. A process that stops waits for it; what takes longer than seconds looks at
 * `stopping()` (lib/work-under-way.ts).
 */
export function afterAnswer(where: string, work: () => Promise<void>): void {
  after(() => {
    const done = work().catch((error: unknown) => logError(currentRequestId(), where, error));
    noteWork(done);
    return done;
  });
}
