import { now } from "#lib/clock.ts";
import { deleteExpiredSessions } from "#lib/connect/users/store.ts";
import { noteFailure } from "#lib/http/failures.ts";
import { deleteExpiredAttempts } from "#lib/legrand/attempts/store.ts";
import { sweepExpiredArtifacts } from "#lib/legrand/authorization-server/sweep.ts";
import { sweepUnusedDrafts } from "#lib/legrand/drafts/sweep.ts";
import { sendExpiryNotices } from "#lib/legrand/expiry-notices/send-expiry-notices.ts";
import { sweepUnusedLogos } from "#lib/legrand/logos/sweep.ts";
import { sweepKeptMail } from "#lib/legrand/mail/sweep-kept-mail.ts";
import { sweepNotificationFailures } from "#lib/legrand/notifications/sweep.ts";
import { deleteExpiredResetTokens } from "#lib/legrand/password-reset/store.ts";
import { deleteExpiredSignUps } from "#lib/legrand/sign-up/store.ts";
import { sweepCalls } from "#lib/legrand/subscriptions/sweep-calls.ts";
import { logError } from "#lib/log.ts";
import { startSweeping } from "#lib/server/sweep.ts";

const SWEEPS = [
  sweepExpiredArtifacts,
  sweepUnusedDrafts,
  sweepUnusedLogos,
  sweepKeptMail,
  sweepCalls,
  sweepNotificationFailures,
  () => deleteExpiredAttempts(now()),
  () => deleteExpiredSessions(now()),
  () => deleteExpiredSignUps(now()),
  () => deleteExpiredResetTokens(now()),
  // Last: an SMTP server that does not answer makes nothing else wait.
  sendExpiryNotices,
];

/** The server is up and the database open: begins to sweep what has expired, on both sides. */
export function startSweeps(): void {
  startSweeping(SWEEPS);
}

/** A page failed to render: logged once, under the request id that the person sees. */
export function noteRenderFailure(error: unknown, path: string, requestId: string): void {
  noteFailure(requestId, error);
  logError(requestId, path.split("?")[0]!, error);
}
