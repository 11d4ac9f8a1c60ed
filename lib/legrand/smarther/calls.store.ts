import "server-only";

import { now } from "#lib/clock.ts";
import { database, isEmbedded } from "#lib/db/client.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import type { AccountId } from "#lib/legrand/accounts/account-id.ts";
import type { ActivationTime } from "#lib/legrand/applications/compatibility-constants.ts";
import type { ClientId } from "#lib/legrand/applications/client-id.ts";
import type { ListedHome } from "#lib/legrand/smarther/listed-home.ts";
import type { CheckedKey } from "#lib/legrand/subscriptions/judge-key.ts";
import { DAILY_CALL_LIMIT } from "#lib/legrand/subscriptions/subscription-constants.ts";
import { today } from "#lib/legrand/subscriptions/today.ts";

/** Whose token a call sent, as far as it is known, for the record of the application's requests. */
type Caller = { accountId?: AccountId | null; clientId?: ClientId | null; journey?: string | null };

/** The access of a token, or why the token does not give the access that the call needs. */
export type CheckedAccess =
  | ({ refusal: "invalid_token" } & Caller)
  | ({ refusal: "suspended" | "insufficient_scope" } & Caller)
  | {
      refusal: null;
      accountId: AccountId;
      clientId: ClientId;
      /** The scopes of the token that are still granted. */
      scopes: string[];
      activationTime: ActivationTime;
      /**
       * The homes that the person shares with the application, by name. Empty if the key of the call is refused.
       */
      homes: ListedHome[];
      journey?: string | null;
    };

/** What the database knows about the token and the key of a call. */
export type CheckedCall = CheckedAccess & CheckedKey;

/** The digests of the values that a call sent, or null for a value that is missing or cannot be one. */
export type SentCredentials = { tokenDigest: string | null; keyDigest: string | null };

/**
 * Checks the token and the key of a call for an operation that needs this scope, in one statement. If the
 * token gives the access, records the use of its grant, once a minute; if the key is live too, counts the call
 * against its quota. A HEAD writes nothing.
 *
 * On PostgreSQL the commit does not wait for the disk. A crash of the database server may lose the counts and
 * uses of its last second. The count stays exact among concurrent calls. The embedded database has no process
 * that would write them later, so a kill would lose more.
 */
export async function checkCall(
  { tokenDigest, keyDigest }: SentCredentials,
  scope: string,
): Promise<CheckedCall> {
  const [row] = await database().$queryRaw<{ checked: CheckedCall }[]>`
    /* prepared */ SELECT legrand_api_call(${tokenDigest}, ${keyDigest}, ${scope}, ${today()}::date, ${DAILY_CALL_LIMIT}::int,
      ${now()}::timestamptz, ${isReadOnlyRequest()}, ${isEmbedded()}) AS checked`;
  return row!.checked;
}
