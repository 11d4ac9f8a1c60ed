import { withdrawScope } from "#lib/connect/tokens/store.ts";

/**
 * The API refused a call for want of a scope (403, `insufficient_scope`, RFC 6750 §3.1) that this account was believed to have
 * granted: it is "reconnect needed, scope withdrawn" from now on, and goes on working without it. Returns whether that was news.
 */
export function noteWithdrawnScope(linkedAccountId: string, scope: string): Promise<boolean> {
  return withdrawScope(linkedAccountId, scope);
}
