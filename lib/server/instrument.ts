import { now } from "#lib/clock.ts";
import { revokePending } from "#lib/connect/revocations/revoke-pending.ts";
import { renewInBackground } from "#lib/connect/tokens/renew-in-background.ts";
import { resumeInterruptedRefreshes } from "#lib/connect/tokens/resume-interrupted-refreshes.ts";
import { deleteExpiredSessions } from "#lib/connect/users/store.ts";
import { noteFailure } from "#lib/http/failures.ts";
import { deleteExpiredAttempts } from "#lib/legrand/attempts/store.ts";
import { sweepExpiredArtifacts } from "#lib/legrand/authorization-server/sweep.ts";
import { sweepUnusedDrafts } from "#lib/legrand/drafts/sweep.ts";
import { sendExpiryNotices } from "#lib/legrand/expiry-notices/send-expiry-notices.ts";
import { sweepUnusedLogos } from "#lib/legrand/logos/sweep.ts";
import { sweepKeptMail } from "#lib/mail/sweep-kept-mail.ts";
import { sweepNotificationFailures } from "#lib/legrand/notifications/sweep.ts";
import { deleteExpiredResetTokens } from "#lib/legrand/password-reset/store.ts";
import { deleteExpiredSignUps } from "#lib/legrand/sign-up/store.ts";
import { sweepCalls } from "#lib/legrand/subscriptions/sweep-calls.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { openRotationSocket } from "#lib/server/rotation-socket.ts";
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
  // Last: a server that does not answer makes nothing else wait.
  renewInBackground,
  revokePending,
  sendExpiryNotices,
];

/**
 * The server is up and the database open: goes on with refreshes that a killed process left, sweeps what has expired, on both
 * sides, and listens for `npm run rotate-keys`.
 */
export function startServices(): void {
  void resumeInterruptedRefreshes().catch((error: unknown) => logError(newRequestId(), "start", error)).finally(() => startSweeping(SWEEPS));
  void openRotationSocket();
}

/** A page failed to render: logged once, under the request id that the person sees. */
export function noteRenderFailure(error: unknown, path: string, requestId: string): void {
  noteFailure(requestId, error);
  logError(requestId, path.split("?")[0]!, error);
}
