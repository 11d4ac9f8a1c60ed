import { env } from "#lib/env.ts";
import { now } from "#lib/clock.ts";
import { compactTally } from "#lib/connect/admin/overview/store.ts";
import { workOnBulkRevocations } from "#lib/connect/admin/actions/work-on-bulk-revocations.ts";
import { endDeadBulkLeases } from "#lib/connect/admin/actions/work-on-bulk.store.ts";
import { breakOffExports, sweepExports } from "#lib/connect/admin/exports/store.ts";
import { deleteEndedOutcomes } from "#lib/connect/flows/store.ts";
import { revokePending } from "#lib/connect/disconnecting/revoke-pending.ts";
import { renewInBackground, resumeInterruptedRefreshes } from "#lib/connect/tokens/renew.ts";
import { deleteExpiredSessions } from "#lib/connect/users/store.ts";
import { markDatabaseFailure } from "#lib/http/database-failure.ts";
import { deleteExpiredAttempts } from "#lib/legrand/attempts/store.ts";
import {
  sweepExpiredArtifacts,
  sweepExpiredReplays,
} from "#lib/legrand/authorization-server/expired-artifacts.store.ts";
import { sweepUnusedDrafts } from "#lib/legrand/editing/sweep-drafts.ts";
import { sendExpiryNotices } from "#lib/legrand/expiry-notices/send-expiry-notices.ts";
import { sweepUnusedLogos } from "#lib/legrand/logos/sweep.ts";
import { sweepKeptMail } from "#lib/mail/sweep-kept-mail.ts";
import { sweepNotificationFailures } from "#lib/legrand/webhooks/sweep.ts";
import { deleteExpiredResetTokens } from "#lib/legrand/password-reset/store.ts";
import { sweepReplyUrlRequests } from "#lib/legrand/reply-url-requests/store.ts";
import { sweepAttempts } from "#lib/legrand/request-log/sweep.store.ts";
import { deleteExpiredSignUps } from "#lib/legrand/sign-up/store.ts";
import { sweepCalls } from "#lib/legrand/subscriptions/sweep-calls.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { startBackground, type BackgroundJob } from "#lib/server/jobs/start-background.ts";
import { forgetLeases } from "#lib/server/jobs/lease.store.ts";
import { describeRoute } from "#lib/server/front/record-request.ts";
import { openOperatorSocket } from "#lib/server/operator/operator-socket.ts";

/**
 * A stored refresh response can be fetched for 30 seconds by default. At the usual interval, up to 20 times as
 * many rows would be stored as can be fetched, one for each refresh.
 */
const REPLAY_SWEEP_SECONDS = 30;

/**
 * Each sweep has its own lease: one of several processes runs it, and another takes over if that process
 * dies.
 */
const SWEEPS: BackgroundJob[] = [
  { name: "expired artifacts", work: sweepExpiredArtifacts },
  { name: "expired replays", everySeconds: REPLAY_SWEEP_SECONDS, work: sweepExpiredReplays },
  { name: "unused drafts", work: sweepUnusedDrafts },
  { name: "unused logos", work: sweepUnusedLogos },
  { name: "calls", work: sweepCalls },
  { name: "request log", work: () => sweepAttempts() },
  { name: "notification failures", work: sweepNotificationFailures },
  { name: "expired attempts", work: () => deleteExpiredAttempts(now()) },
  { name: "expired sessions", work: () => deleteExpiredSessions(now()) },
  { name: "callback outcomes", work: deleteEndedOutcomes },
  { name: "expired sign-ups", work: () => deleteExpiredSignUps(now()) },
  { name: "expired reply URL requests", work: sweepReplyUrlRequests },
  { name: "expired reset tokens", work: () => deleteExpiredResetTokens(now()) },
  { name: "numbers of each day", work: compactTally },
  { name: "exports", work: sweepExports },
  { name: "token renewal", work: renewInBackground },
  { name: "pending revocations", work: revokePending },
  { name: "expiry notices", work: () => sendExpiryNotices() },
  // The process that works on a bulk revocation leases it. If that process is killed, the job is free when
  // the lease ends.
  { name: "bulk revocations", everySeconds: 30, isLocal: true, work: workOnBulkRevocations },
  // Local: each process has its own folder.
  { name: "kept mail", work: sweepKeptMail, isLocal: true },
];

/**
 * Starts the services once the server is up and the database is open: resumes refreshes that a killed process
 * left, starts the background jobs of both parties, and listens for the operator's commands.
 */
export function startServices(): void {
  void resume()
    .catch((error: unknown) => logError(newRequestId(), "start", error))
    .finally(() => startBackground(SWEEPS));
  void openOperatorSocket();
}

/**
 * Resumes interrupted refreshes. The embedded database belongs to this process alone, so every former lease
 * holder is dead.
 */
async function resume(): Promise<void> {
  if (!env().databaseUrl) await Promise.all([forgetLeases(), endDeadBulkLeases(), breakOffExports(now())]);
  await resumeInterruptedRefreshes();
}

/** Logs a page that failed to render, once, under the request id that the user sees. */
export function markRenderFailure(error: unknown, path: string, requestId: string): void {
  markDatabaseFailure(requestId, error);
  logError(requestId, describeRoute(path), error);
}
