import { now } from "#lib/clock.ts";
import type { ItemOutcome } from "#lib/connect/admin/actions/bulk-revocation.ts";
import {
  claimBulkRevocation,
  finishBulkRevocation,
  listOpenItems,
  releaseBulkRevocation,
  settleItem,
  wasRevokedBy,
  type ClaimedBulk,
} from "#lib/connect/admin/actions/work-on-bulk.store.ts";
import { revokeLinkedAccount } from "#lib/connect/admin/actions/revoke-linked-account.ts";
import { logError, newRequestId } from "#lib/log.ts";
import { mapConcurrently } from "#lib/map-concurrently.ts";
import { oncePerProcess } from "#lib/once-per-process.ts";
import { trackWork, stopping } from "#lib/work-under-way.ts";

const LAST_ADMINISTRATOR =
  "It is the last connected account of the last administrator. Without it, no user could sign in as an administrator.";
const BATCH = 100;
/**
 * Accounts that are revoked at the same time. Most of the time is spent waiting for Legrand, and the database
 * has to serve users too.
 */
const AT_ONCE = 4;

// Pages, routes and the startup code may each load a copy of this module. The state is shared, so that the
// process works on one bulk revocation at a time.
type Shared = { working: Promise<void> | null; isAskedAgain: boolean };
const shared = oncePerProcess<Shared>("bulk-revocations", () => ({ working: null, isAskedAgain: false }));

/**
 * Works on the waiting bulk revocations, one after the other. These include the work of a killed process,
 * once its lease has expired. Ends when there are none left that no process works on, or when the process
 * stops. A second call in that time joins the first one. Never rejects.
 */
export function workOnBulkRevocations(): Promise<void> {
  shared.isAskedAgain = true;
  return (shared.working ??= workOff()
    .catch((error: unknown) => logError(newRequestId(), "bulk revocation", error))
    .finally(() => {
      shared.working = null;
    }));
}

/**
 * Starts `workOnBulkRevocations` without waiting for it. The process does not exit before the accounts in
 * progress are finished.
 */
export function beginBulkRevocations(): void {
  trackWork(workOnBulkRevocations());
}

async function workOff(): Promise<void> {
  while (shared.isAskedAgain && !stopping().aborted) {
    shared.isAskedAgain = false;
    for (
      let bulk = await claimBulkRevocation();
      bulk;
      bulk = stopping().aborted ? null : await claimBulkRevocation()
    )
      await work(bulk);
  }
}

/**
 * Works on one bulk revocation. A process that stops leaves the rest to another process, or to its next
 * start.
 */
async function work(bulk: ClaimedBulk): Promise<void> {
  const requestId = newRequestId();
  let goesOn = !bulk.isStopping;
  while (goesOn && !stopping().aborted) {
    const items = await listOpenItems(bulk.id, BATCH);
    if (items.length === 0) break;
    await mapConcurrently(items, AT_ONCE, async (accountId) => {
      if (!goesOn || stopping().aborted) return;
      const isOpen = await settleItem(bulk.id, accountId, await revokeOne(bulk, accountId, requestId));
      goesOn &&= isOpen;
    });
  }
  if (goesOn && stopping().aborted) await releaseBulkRevocation(bulk.id);
  else await finishBulkRevocation(bulk.id, now());
}

async function revokeOne(bulk: ClaimedBulk, accountId: string, requestId: string): Promise<ItemOutcome> {
  const origin = { actorId: bulk.createdBy, actor: bulk.actor, requestId, address: "" };
  try {
    const outcome = await revokeLinkedAccount({
      accountId,
      reason: bulk.reason,
      origin,
      holder: { bulkId: bulk.id, confirmedAt: bulk.createdAt },
    });
    if (!outcome.ok && outcome.reason === "last_administrator")
      return { result: "failed", failure: LAST_ADMINISTRATOR };
    const isOurs =
      outcome.ok || (outcome.reason === "already_disconnected" && (await wasRevokedBy(bulk.id, accountId)));
    return { result: isOurs ? "revoked" : "skipped" };
  } catch (error) {
    logError(requestId, "bulk revocation", error);
    // A failure after the account was disconnected (for example, in its second audit log entry) does not
    // connect it again.
    if (await wasRevokedBy(bulk.id, accountId)) return { result: "revoked" };
    return {
      result: "failed",
      failure: `Something failed on our side. Nothing was changed. Request ${requestId}`,
    };
  }
}
