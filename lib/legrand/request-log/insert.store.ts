import "server-only";

import { database } from "#lib/db/client.ts";
import type { RequestAttempt } from "#lib/legrand/request-log/attempt.ts";
import { accountMarkOf, pseudonymOf } from "#lib/legrand/request-log/pseudonym.ts";

/**
 * Stores attempts in one statement. Leaves out those of an application or account that no longer exists. The
 * lock on the account makes a concurrent deletion wait, so that it finds the rows.
 */
export async function insertAttempts(attempts: RequestAttempt[]): Promise<void> {
  await database().$executeRaw`
    INSERT INTO legrand_request_attempt (id, client_id, at, step, outcome, reason, status, duration_ms, request_id,
      reference, journey, pseudonym, account_mark, secret_ending, operation, parameters, requests)
    SELECT gen_random_uuid(), r."clientId", r.at, r.step, r.outcome, r.reason, r.status, r."durationMs", r."requestId",
      r.reference, r.journey, r.pseudonym, r."accountMark", r."secretEnding", r.operation, r.parameters, r.requests
    FROM jsonb_to_recordset(${JSON.stringify(attempts.map(toRow))}::jsonb) AS r("clientId" uuid, at timestamptz, step text,
      outcome text, reason text, status smallint, "durationMs" integer, "requestId" text, reference text, journey uuid,
      pseudonym text, "accountMark" text, "accountId" uuid, "secretEnding" text, operation text, parameters jsonb, requests integer)
    JOIN legrand_application a ON a.client_id = r."clientId"
    WHERE r."accountId" IS NULL OR EXISTS (SELECT 1 FROM legrand_account WHERE id = r."accountId" FOR KEY SHARE)`;
}

function toRow(attempt: RequestAttempt) {
  const { accountId, clientId } = attempt;
  return accountId
    ? { ...attempt, pseudonym: pseudonymOf(accountId, clientId), accountMark: accountMarkOf(accountId) }
    : attempt;
}
