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
 * Writes what the library decided in this request, at once; false when another request was first: it spent
 * the same code or refresh token, revoked the grant, ended the session, or changed the password that signed
 * in.
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
 * The condition of the signed-in session that is to be saved, if any is: a new sign-in is the one that its
 * interaction tells of.
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
  // One that was stored by an older version has no proof, and is not believed.
  return login ? { accountId, passwordProof: login.passwordProof ?? "" } : { accountId, uid: session.uid! };
}
