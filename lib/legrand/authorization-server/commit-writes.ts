import { now } from "#lib/clock.ts";
import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import { recordApplicationUse } from "#lib/legrand/applications/store.ts";
import {
  boundShares,
  writeArtifacts,
  type Artifact,
  type ArtifactWrites,
  type SessionCondition,
} from "#lib/legrand/authorization-server/artifacts.store.ts";
import { SHARES_LOOKED_AT_EVERY } from "#lib/legrand/authorization-server/bounds.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import { isRecentUse } from "#lib/legrand/grants/is-recent-use.ts";
import type { Grant } from "#lib/legrand/grants/store.ts";

/**
 * Writes what the library decided in this request, all at once, with the uses of its client and its grant.
 * Returns false if another request was first: it spent the same code or refresh token, revoked the grant,
 * ended the session, or changed the password that was used to sign in.
 */
export async function commitWrites(): Promise<boolean> {
  const { clientUse: client, replay, writes } = requestScope();
  if (isReadOnlyRequest()) return true;
  if (Object.values(writes).every((list) => list.length === 0)) {
    if (client) await recordApplicationUse(client.clientId, client.secretDigest, now());
    return true;
  }
  const grant = findRefreshedGrant();
  const isWritten = await writeArtifacts(writes, sessionCondition(), replay, {
    grantId: grant?.id ?? null,
    client,
  });
  // `recordTokenUse` then has nothing left to write.
  if (grant) grant.lastUsedAt = now();
  if (isWritten) await boundSharesOf(writes);
  return isWritten;
}

/**
 * Returns the grant whose refresh token this request redeems. Returns null for another request, or if a use was
 * recorded within the last minute.
 */
function findRefreshedGrant(): Grant | null {
  const { loaded, writes } = requestScope();
  if (!writes.saved.some(({ kind }) => kind === "AccessToken")) return null;
  const source = [...loaded.artifacts.values()].find((artifact) => artifact?.kind === "RefreshToken");
  const grant = source?.grantId ? loaded.grants.get(source.grantId) : null;
  return grant && !isRecentUse(grant.lastUsedAt) ? grant : null;
}

/**
 * Returns the condition for saving a signed-in session, or null if none is saved. A session is new if the
 * interaction contains the sign-in to its account.
 */
function sessionCondition(): SessionCondition | null {
  const { loaded, writes } = requestScope();
  const session = writes.saved.find(({ kind, payload }) => kind === "Session" && payload.accountId);
  if (!session) return null;
  const accountId = session.payload.accountId as string;
  const login = [...loaded.artifacts.values()]
    .map((artifact) => (artifact?.kind === "Interaction" ? findLogin(artifact) : undefined))
    .find((one) => one?.accountId === accountId);
  // A sign-in that an older version stored has no proof, and is not accepted.
  return login ? { accountId, passwordProof: login.passwordProof ?? "" } : { accountId, uid: session.uid! };
}

/** Returns the sign-in that an interaction contains, as `answerWithSignIn` stored it, if any. */
function findLogin({ payload }: Artifact): Partial<SignedIn> | undefined {
  return (payload.result as { login?: Partial<SignedIn> } | undefined)?.login;
}

/**
 * Deletes the artifacts that the grants and accounts of these writes have beyond their bounds (decision 32),
 * in one call of 256. The call is chosen at random, so that a caller cannot time its requests to avoid the
 * check.
 */
export async function boundSharesOf({ saved }: ArtifactWrites): Promise<void> {
  if (Math.random() >= 1 / SHARES_LOOKED_AT_EVERY) return;
  const isPresent = (id: unknown): id is string => typeof id === "string";
  await boundShares(
    saved.map(({ grantId }) => grantId).filter(isPresent),
    saved.map(({ payload }) => payload.accountId).filter(isPresent),
  );
}
