import { secondsFromNow } from "#lib/clock.ts";
import { findSignedInAt } from "#lib/legrand/portal/session.ts";

/** After this time, someone else may sit in front of the browser. */
const RECENT_SECONDS = 15 * 60;

/** True if the browser that sent these headers signed in more than 15 minutes ago. */
export async function needsPassword(headers: Headers): Promise<boolean> {
  const signedInAt = await findSignedInAt(headers);
  return signedInAt === null || signedInAt < secondsFromNow(-RECENT_SECONDS);
}
