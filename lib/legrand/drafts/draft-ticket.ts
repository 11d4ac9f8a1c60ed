import { randomUUID } from "node:crypto";

import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

const CONTEXT = "draft-ticket";

/**
 * The name of a draft that does not exist yet, for the first form to carry: sent twice, the form makes one
 * draft. Sealed, because a draft's name becomes a `client_id`, and nobody may choose one: it could be that of
 * an application that is gone.
 */
export function issueDraftTicket(account: LegrandAccount): string {
  return encrypt(randomUUID(), `${CONTEXT}:${account.id}`);
}

/** The name in a ticket of that account, or null for one that we did not make for it. */
export function openDraftTicket(account: LegrandAccount, ticket: string | null): string | null {
  return ticket ? decryptOrNull(ticket, `${CONTEXT}:${account.id}`) : null;
}
