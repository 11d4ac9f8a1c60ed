import "server-only";

import { now, secondsFromNow } from "#lib/clock.ts";
import { database, type Transaction } from "#lib/db/client.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { lockValues, saveLockedEdit } from "#lib/legrand/editing/edit.store.ts";
import { versionOfStep } from "#lib/legrand/editing/edit-values.ts";
import { versionOfApplication } from "#lib/legrand/reply-url-requests/application-version.ts";

/** A stored request. `ciphertext` can be opened with the ticket only. */
export type StoredRequest = {
  digest: string;
  version: string;
  ciphertext: string;
  usedAt: Date | null;
  expiresAt: Date;
};

/** More than a person works on within ten minutes. A caller who sends forms in a loop stores no more. */
const MOST_OF_ACCOUNT = 20;

/**
 * Stores a request of this account about this application. If it is stored already, it stays as it is, also if
 * it was used. The account keeps its newest 20 requests.
 */
export async function putReplyUrlRequest(
  account: LegrandAccount,
  { clientId }: OwnedApplication,
  { digest, version, ciphertext, expiresAt }: Omit<StoredRequest, "usedAt">,
): Promise<void> {
  await database().$transaction([
    database().$executeRaw`
      INSERT INTO legrand_reply_url_request (digest, account_id, client_id, version, ciphertext, expires_at)
      SELECT ${digest}, p.id, a.client_id, ${version}, ${ciphertext}, ${expiresAt}::timestamptz
      FROM legrand_account p JOIN legrand_application a ON a.developer_id = p.id
      WHERE p.id = ${account.id}::uuid AND a.client_id = ${clientId}::uuid
      ON CONFLICT (digest) DO NOTHING`,
    database().$executeRaw`
      DELETE FROM legrand_reply_url_request WHERE digest IN (
        SELECT digest FROM legrand_reply_url_request WHERE account_id = ${account.id}::uuid
        ORDER BY expires_at DESC, digest OFFSET ${MOST_OF_ACCOUNT}::int)`,
  ]);
}

/** Returns the request with this digest if this account stored it for this application, or null. */
export function findReplyUrlRequest(
  account: LegrandAccount,
  { clientId }: OwnedApplication,
  digest: string,
): Promise<StoredRequest | null> {
  return database().replyUrlRequest.findFirst({
    where: { digest, accountId: account.id, clientId },
    select: { digest: true, version: true, ciphertext: true, usedAt: true, expiresAt: true },
  });
}

/**
 * Returns the ciphertext of the request with this digest, for any account, or null. Only the holder of the
 * ticket can open it.
 */
export async function findCiphertext(digest: string): Promise<string | null> {
  const row = await database().replyUrlRequest.findUnique({
    where: { digest },
    select: { ciphertext: true },
  });
  return row?.ciphertext ?? null;
}

/** `ended`: used, expired or unknown. `changed`: the application is not as it was. `invalid`: a rule is broken. */
export type RegisteredReplyUrl = "registered" | "ended" | "changed" | "invalid" | "gone";

/**
 * Spends a request and adds its reply URL to the application, or does neither. Under the application's lock,
 * the request is checked, the application is compared with the version that the developer saw, and the reply
 * URL is checked and recorded like every edit. So two requests cannot add an eleventh URL, and one request
 * adds one URL.
 */
export async function registerRequestedUrl(
  account: LegrandAccount,
  application: OwnedApplication,
  { digest, url }: { digest: string; url: string },
): Promise<RegisteredReplyUrl> {
  return database().$transaction(async (transaction) => {
    const current = await lockValues(transaction, application);
    if (!current) return "gone";
    const version = await findLiveVersion(transaction, account, application, digest);
    if (version === null) return "ended";
    if (version !== versionOfApplication(current)) return "changed";
    const saved = await saveLockedEdit(
      transaction,
      { application, account, current },
      {
        step: "reply-urls",
        seen: versionOfStep("reply-urls", current),
        typed: { replyUrls: [...current.replyUrls, url] },
        confirmed: [],
      },
    );
    if (saved !== "saved") return "invalid";
    await transaction.replyUrlRequest.update({ where: { digest }, data: { usedAt: now() } });
    return "registered";
  });
}

async function findLiveVersion(
  transaction: Transaction,
  account: LegrandAccount,
  { clientId }: OwnedApplication,
  digest: string,
): Promise<string | null> {
  const row = await transaction.replyUrlRequest.findFirst({
    where: { digest, accountId: account.id, clientId, usedAt: null, expiresAt: { gt: now() } },
    select: { version: true },
  });
  return row?.version ?? null;
}

/** So long a late developer reads "expired" and not "unknown". */
const GRACE_SECONDS = 24 * 60 * 60;

/** Deletes the requests that expired more than a day ago. Returns how many rows were deleted. */
export async function sweepReplyUrlRequests(): Promise<number> {
  const before = secondsFromNow(-GRACE_SECONDS);
  return (await database().replyUrlRequest.deleteMany({ where: { expiresAt: { lt: before } } })).count;
}
