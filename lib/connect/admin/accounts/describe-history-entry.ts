import { z } from "zod";

import { RECONNECT_REASONS } from "#lib/connect/admin/accounts/describe-for-admin.ts";
import { scopeDetailSchema } from "#lib/connect/admin/accounts/scope-times.ts";
import type { StoredEntry } from "#lib/connect/admin/accounts/history.store.ts";
import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { TROUBLES } from "#lib/connect/linked-accounts/describe-state.ts";

/**
 * A history entry in words. `since` is the time of the first of several refreshes; `quote` is what an
 * administrator wrote.
 */
export type HistoryEntry = {
  id: string;
  at: Date;
  what: string;
  by: string;
  sentence: string | null;
  quote: string | null;
  since: Date | null;
};

const WORDS: Record<string, string> = {
  connected: "Connected",
  permissions_changed: "Permissions changed",
  scopes_withdrawn: "Permissions taken back",
  refreshed: "Refreshed",
  refresh_failed: "Refresh failed",
  reconnect_needed: "Reconnect needed",
  disconnected: "Disconnected",
};
const PARTIES: Record<string, string> = {
  person: "The person",
  legrand: "Legrand",
  connect: "Connect",
  administrator: "An administrator",
};

const refreshesSchema = z.object({ count: z.number(), first: z.coerce.date() });
const reasonSchema = z.object({ reason: z.string() });

/** Describes a history entry. Values that a newer version wrote are shown unchanged. Pure. */
export function describeHistoryEntry({ id, at, what, by, detail, actor }: StoredEntry): HistoryEntry {
  const refreshes = what === "refreshed" ? refreshesSchema.safeParse(detail).data : undefined;
  const reason = reasonSchema.safeParse(detail).data?.reason ?? null;
  const isSeveral = refreshes !== undefined && refreshes.count > 1;
  return {
    id,
    at,
    by: actor ? `Administrator ${actor}` : wordFor(PARTIES, by),
    what: isSeveral ? `Refreshed ${refreshes.count.toLocaleString("en")} times` : wordFor(WORDS, what),
    since: isSeveral ? refreshes.first : null,
    sentence:
      what === "disconnected"
        ? null
        : reason === null
          ? describeScopes(detail)
          : wordFor({ ...TROUBLE_SENTENCES, ...RECONNECT_REASONS }, reason),
    quote: what === "disconnected" ? reason : null,
  };
}

const TROUBLE_SENTENCES = Object.fromEntries(
  Object.entries(TROUBLES).map(([trouble, words]) => [trouble, `${words}.`]),
);

const wordFor = (words: Record<string, string>, key: string) =>
  Object.hasOwn(words, key) ? words[key]! : key;

function describeScopes(detail: unknown): string | null {
  const { added = [], removed = [] } = scopeDetailSchema.safeParse(detail).data ?? {};
  const name = (scopes: string[]) => scopes.map((scope) => nameScope(scope).label).join(", ");
  return (
    [added.length && `Granted: ${name(added)}.`, removed.length && `No longer granted: ${name(removed)}.`]
      .filter(Boolean)
      .join(" ") || null
  );
}
