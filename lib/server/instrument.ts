import { env } from "#lib/env.ts";
import { now } from "#lib/clock.ts";
import { compactTally } from "#lib/connect/admin/overview/store.ts";
import { workOnBulkRevocations } from "#lib/connect/admin/bulk-revocations/work/work-on-bulk-revocations.ts";
import { endDeadBulkLeases } from "#lib/connect/admin/bulk-revocations/work/store.ts";
import { breakOffExports, sweepExports } from "#lib/connect/admin/exports/store.ts";
import { deleteEndedOutcomes } from "#lib/connect/flows/store.ts";
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
import { startBackground, type BackgroundJob } from "#lib/server/background/start-background.ts";
import { forgetLeases } from "#lib/server/background/store.ts";
import { describeRoute } from "#lib/server/note-request.ts";
import { openOperatorSocket } from "#lib/server/operator-socket.ts";

/**
 * Each under a lease of its own: one of several processes does it, and another takes it up when that one
 * dies.
 */
const SWEEPS: BackgroundJob[] = [
  { name: "expired artifacts", work: sweepExpiredArtifacts },
  { name: "unused drafts", work: sweepUnusedDrafts },
  { name: "unused logos", work: sweepUnusedLogos },
  { name: "calls", work: sweepCalls },
  { name: "notification failures", work: sweepNotificationFailures },
  { name: "expired attempts", work: () => deleteExpiredAttempts(now()) },
  { name: "expired sessions", work: () => deleteExpiredSessions(now()) },
  { name: "callback outcomes", work: deleteEndedOutcomes },
  { name: "expired sign-ups", work: () => deleteExpiredSignUps(now()) },
  { name: "expired reset tokens", work: () => deleteExpiredResetTokens(now()) },
  { name: "numbers of each day", work: compactTally },
  { name: "exports", work: sweepExports },
  { name: "token renewal", work: renewInBackground },
  { name: "pending revocations", work: revokePending },
  { name: "expiry notices", work: () => sendExpiryNotices() },
  // Each is claimed by the process that works on it: a killed one's is free when its lease ends.
  { name: "bulk revocations", everySeconds: 30, isLocal: true, work: workOnBulkRevocations },
  // In this process's own folder.
  { name: "kept mail", work: sweepKeptMail, isLocal: true },
];

/**
 * The server is up and the database open: goes on with refreshes that a killed process left, does what is to
 * be done in the background, on both sides, and listens for the commands of the operator.
 */
export function startServices(): void {
  void resume()
    .catch((error: unknown) => logError(newRequestId(), "start", error))
    .finally(() => startBackground(SWEEPS));
  void openOperatorSocket();
}

/** In the embedded database, which is this process's alone, whoever held a lease is gone. */
async function resume(): Promise<void> {
  if (!env().databaseUrl) await Promise.all([forgetLeases(), endDeadBulkLeases(), breakOffExports(now())]);
  await resumeInterruptedRefreshes();
}

/** A page failed to render: logged once, under the request id that the person sees. */
export function noteRenderFailure(error: unknown, path: string, requestId: string): void {
  noteFailure(requestId, error);
  logError(requestId, describeRoute(path), error);
}
