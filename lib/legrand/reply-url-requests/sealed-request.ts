import { z } from "zod";

import { secondsFromNow } from "#lib/clock.ts";
import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import { randomToken } from "#lib/crypto/random-token.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import type { OwnedApplication } from "#lib/legrand/applications/owned.ts";
import { versionOfApplication } from "#lib/legrand/reply-url-requests/application-version.ts";

/** How long the developer has to decide, from when the error page is shown. */
const LIFETIME_SECONDS = 10 * 60;
const CONTEXT = "reply-url-request";

const refusedSchema = z.object({ redirectUri: z.string(), query: z.string() });
/** A refused request: its `redirect_uri`, and its whole query, with which it runs again. */
export type RefusedRequest = z.infer<typeof refusedSchema>;

const sealedSchema = refusedSchema.extend({
  /** Names the request in the address of the question. It is made here, so that one seal is one request. */
  ticket: z.string(),
  accountId: z.string(),
  clientId: z.string(),
  version: z.string(),
  expiresAt: z.coerce.date(),
});
/** A refused request as the form of the error page carries it, for one account and one state of the application. */
export type SealedRequest = z.infer<typeof sealedSchema>;

/**
 * Encrypts a refused request for the form of the error page. It is bound to the account, and to the
 * application as it is now. It can be used within ten minutes.
 */
export function sealReplyUrlRequest(
  account: LegrandAccount,
  application: OwnedApplication,
  refused: RefusedRequest,
): string {
  const sealed: SealedRequest = {
    ...refused,
    ticket: randomToken(),
    accountId: account.id,
    clientId: application.clientId,
    version: versionOfApplication(application),
    expiresAt: secondsFromNow(LIFETIME_SECONDS),
  };
  return encrypt(JSON.stringify(sealed), CONTEXT);
}

/**
 * Decrypts what `sealReplyUrlRequest` made. Returns null for any other value, and for a request of another
 * account or application.
 */
export function openReplyUrlRequest(
  account: LegrandAccount,
  { clientId }: OwnedApplication,
  sealed: string,
): SealedRequest | null {
  const text = decryptOrNull(sealed, CONTEXT);
  const request = text === null ? null : sealedSchema.parse(JSON.parse(text));
  return request?.accountId === account.id && request.clientId === clientId ? request : null;
}

/** Reads the part of a request that is stored as ciphertext. */
export function parseRefusedRequest(text: string): RefusedRequest {
  return refusedSchema.parse(JSON.parse(text));
}
