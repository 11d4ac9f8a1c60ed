import { setTimeout as sleep } from "node:timers/promises";

import { now } from "#lib/clock.ts";
import { openToken } from "#lib/connect/sealed-tokens/seal-token.ts";
import {
  type AccessTokenOutcome,
  type AskedFor,
  describeUnavailable,
  isUsable,
  judge,
} from "#lib/connect/tokens/judge.ts";
import { endAccess, recordLostKey, refresh } from "#lib/connect/tokens/refresh.ts";
import { refreshesUnderWay } from "#lib/connect/tokens/refreshes-under-way.ts";
import { claimRefresh, findStoredTokens, type StoredTokens } from "#lib/connect/tokens/store.ts";
import { TIMINGS, type Timings } from "#lib/connect/tokens/timings.ts";
import type { ReconnectReason } from "#lib/db/generated/enums.ts";

const DISCONNECTED = { ok: false, reason: "disconnected" } as const;

/**
 * Returns a working access token of a linked account. Renews it first if it expires within two minutes, if
 * the API refused it, or if the user asks. However many callers ask in however many processes, one of them
 * refreshes. All get its result, which is stored first (decision 20). Makes at most two token requests and
 * returns within ten seconds; a later answer is still stored. Throws if the database does not answer.
 */
export async function getAccessToken(
  linkedAccountId: string,
  asked: AskedFor = {},
  timings: Timings = TIMINGS,
): Promise<AccessTokenOutcome> {
  const row = await findStoredTokens(linkedAccountId);
  if (!row) return DISCONNECTED;
  const verdict = judge(row, asked, row, now());
  if (typeof verdict === "object") return verdict;
  // If the access token cannot be decrypted but the refresh token can, renew it.
  if (verdict === "use")
    return openAccessToken(row) ?? waitForRefresh(row, { rejected: row.tokenVersion }, timings);
  return waitForRefresh(row, asked, timings);
}

/**
 * Waits for the refresh that is running in this process, or starts one. The refresh continues after its
 * callers stop waiting: its answer is stored, and the next caller gets it.
 */
async function waitForRefresh(
  row: StoredTokens,
  asked: AskedFor,
  timings: Timings,
): Promise<AccessTokenOutcome> {
  const outcome =
    refreshesUnderWay.get(row.id) ??
    claimOrWait(row, asked, timings).finally(() => refreshesUnderWay.delete(row.id));
  refreshesUnderWay.set(row.id, outcome);
  const timer = new AbortController();
  const timeout = sleep(timings.callerTimeoutMs, null, { signal: timer.signal }).catch(() => null);
  try {
    return (
      (await Promise.race([outcome, timeout])) ??
      answerPending({ ...row, trouble: "unreachable" }, asked, timings)
    );
  } finally {
    timer.abort();
  }
}

/**
 * Claims the refresh, or polls the row until the process that claimed it has finished or its lease has
 * expired. Claims at most once.
 */
async function claimOrWait(
  first: StoredTokens,
  asked: AskedFor,
  timings: Timings,
): Promise<AccessTokenOutcome> {
  const end = performance.now() + timings.pollTimeoutMs;
  let hasClaimed = false;
  for (let row: StoredTokens | null = first; row; row = await findStoredTokens(first.id)) {
    const verdict = judge(row, asked, first, now());
    if (typeof verdict === "object") return verdict;
    if (verdict === "use") return openAccessToken(row) ?? answerPending(row, asked, timings);
    if (verdict === "end")
      return { ok: false, reason: "reconnect_needed", reconnectReason: await endOrRecordLostKey(row, asked) };
    if (hasClaimed || performance.now() > end) return answerPending(row, asked, timings);
    if (verdict === "wait") {
      await sleep(timings.pollIntervalMs);
      continue;
    }
    const claim = await claimRefresh(row, now(), new Date(now().getTime() + timings.leaseMs));
    hasClaimed = claim !== null;
    const outcome = claim && (await refresh(claim, timings));
    if (outcome) return outcome;
  }
  return DISCONNECTED;
}

/**
 * Handles an account that has no refresh token. If the key of its access token is gone, the access token
 * stays stored, like refresh tokens do, in case the key comes back.
 */
async function endOrRecordLostKey(row: StoredTokens, asked: AskedFor): Promise<ReconnectReason> {
  const isUnreadable = row.accessToken !== null && openToken(row.accessToken, row, "accessToken") === null;
  if (!isUnreadable) return endAccess(row, asked.rejected === row.tokenVersion);
  await recordLostKey(row, row.accessToken!);
  return "key_lost";
}

function openAccessToken(row: StoredTokens): AccessTokenOutcome | null {
  const { tokenVersion, grantedScopes } = row;
  const accessToken = row.accessToken && openToken(row.accessToken, row, "accessToken");
  return accessToken ? { ok: true, accessToken, tokenVersion, grantedScopes } : null;
}

/**
 * Answers while the result of the refresh is still unknown; it will be known when the lease expires. A token
 * that is valid for a few more seconds is good enough for now.
 */
function answerPending(row: StoredTokens, asked: AskedFor, { leaseMs }: Timings): AccessTokenOutcome {
  const retryAt = row.refreshLeaseUntil ?? new Date(now().getTime() + leaseMs);
  return (isUsable(row, asked, now()) && openAccessToken(row)) || describeUnavailable(row, retryAt);
}
