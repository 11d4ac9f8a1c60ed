import { randomUUID } from "node:crypto";

import { decryptOrNull, encrypt } from "#lib/crypto/encrypt.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

const CONTEXT = "draft-ticket";

/**
 * Returns an encrypted id for a draft that does not exist yet. The first form carries it, so that sending the
 * form twice creates one draft. It is encrypted because a draft's id becomes a `client_id`, which a developer
 * must not choose: they could choose that of a deleted application.
 */
export function issueDraftTicket(account: LegrandAccount): string {
  return encrypt(randomUUID(), `${CONTEXT}:${account.id}`);
}

/**
 * Returns the draft id in a ticket of this account, or null if the server did not issue the ticket for it.
 */
export function openDraftTicket(account: LegrandAccount, ticket: string | null): string | null {
  return ticket ? decryptOrNull(ticket, `${CONTEXT}:${account.id}`) : null;
}
