import { randomUUID } from "node:crypto";

import type { Artifact, SavedArtifact } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";

/** A stored code, token or interaction, as far as it says whose it is. */
type Owned = Pick<Artifact | SavedArtifact, "kind" | "payload">;

/**
 * Returns the journey of this request of that client: the one of the interaction, code or token that it uses,
 * or a new one. The id is stored with each of them, and never leaves the server. So every request finds it in
 * what it reads anyway, from the authorization request to the last refresh.
 */
export function journeyOf(clientId: string): string {
  const scope = requestScope();
  return (scope.journey ??= findText(clientId, "journey") ?? randomUUID());
}

/** Returns the account whose code or token this request of that client uses or issues, or null. */
export function accountOf(clientId: string): string | null {
  return findText(clientId, "accountId");
}

/** Returns the client that the access token of this request was issued to, or null if there is no token. */
export function clientOfToken(): string | null {
  const used = [...requestScope().loaded.artifacts.values()].find(
    (artifact) => artifact !== null && ["AccessToken", "Interaction"].includes(artifact.kind),
  );
  return used ? clientOf(used) : null;
}

/** Returns the client that an artifact belongs to, or null. */
export function clientOf({ payload }: Pick<Owned, "payload">): string | null {
  const params = payload.params as { client_id?: unknown } | undefined;
  const clientId = payload.clientId ?? params?.client_id;
  return typeof clientId === "string" ? clientId : null;
}

function findText(clientId: string, field: "journey" | "accountId"): string | null {
  const { loaded, writes } = requestScope();
  const artifacts: (Owned | null)[] = [...loaded.artifacts.values(), ...writes.saved];
  // Another client's code or token that this client sends belongs to another record.
  const values = artifacts
    .filter((artifact) => artifact !== null && artifact.kind !== "Session" && clientOf(artifact) === clientId)
    .map((artifact) => artifact!.payload[field] ?? sessionAccount(artifact!, field));
  return values.find((value): value is string => typeof value === "string") ?? null;
}

/** The account of an interaction is in its session, once the person has signed in. */
function sessionAccount({ payload }: Owned, field: string): unknown {
  return field === "accountId"
    ? (payload.session as { accountId?: unknown } | undefined)?.accountId
    : undefined;
}
