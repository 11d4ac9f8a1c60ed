import { isReadOnlyRequest } from "#lib/http/read-only-request.ts";
import type { SignedIn } from "#lib/legrand/accounts/sign-in.ts";
import { boundSharesOf } from "#lib/legrand/authorization-server/bound-shares-of.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import {
  writeArtifacts,
  type Artifact,
  type SessionCondition,
} from "#lib/legrand/authorization-server/store.ts";

/**
 * Writes what the library decided in this request, all at once. Returns false if another request was first:
 * it spent the same code or refresh token, revoked the grant, ended the session, or changed the password that
 * was used to sign in.
 */
export async function commitWrites(): Promise<boolean> {
  const { replay, writes } = requestScope();
  if (isReadOnlyRequest()) return true;
  if (Object.values(writes).every((list) => list.length === 0)) return true;
  const isWritten = await writeArtifacts(writes, sessionCondition(), replay);
  if (isWritten) await boundSharesOf(writes);
  return isWritten;
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
  const interactions = [...loaded]
    .filter(([key]) => key.startsWith("Interaction:"))
    .map(([, value]) => value as Artifact | null);
  const login = interactions
    .map((one) => (one?.payload.result as { login?: Partial<SignedIn> } | undefined)?.login)
    .find((one) => one?.accountId === accountId);
  // A sign-in that an older version stored has no proof, and is not accepted.
  return login ? { accountId, passwordProof: login.passwordProof ?? "" } : { accountId, uid: session.uid! };
}
