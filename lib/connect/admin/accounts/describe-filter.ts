import { isPart, type AccountFilter } from "#lib/connect/admin/accounts/filter-schema.ts";
import { formatDay } from "#lib/connect/admin/query-schema.ts";
import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { STATE_LABELS } from "#lib/connect/linked-accounts/state-constants.ts";

/**
 * Describes the filter in words, such as “state Reconnect needed, name, e-mail or Legrand id contains
 * “rossi””. An empty filter is “all linked accounts”.
 */
export function describeFilter({
  q,
  state,
  scope,
  connectedFrom,
  connectedTo,
  notRefreshedSince,
}: AccountFilter): string {
  const parts = [
    q && `name, e-mail or Legrand id ${isPart(q) ? "contains" : "begins with"} “${q}”`,
    state && `state ${STATE_LABELS[state]}`,
    scope && `permission “${nameScope(scope).label}” (${scope})`,
    describeConnected(connectedFrom, connectedTo),
    notRefreshedSince && `not refreshed since ${formatDay(notRefreshedSince)}`,
  ].filter(Boolean);
  return parts.join(", ") || "all linked accounts";
}

function describeConnected(from: Date | null, to: Date | null): string | null {
  if (from && to)
    return from.getTime() === to.getTime()
      ? `connected on ${formatDay(from)}`
      : `connected from ${formatDay(from)} to ${formatDay(to)}`;
  if (from) return `connected on or after ${formatDay(from)}`;
  return to && `connected on or before ${formatDay(to)}`;
}
