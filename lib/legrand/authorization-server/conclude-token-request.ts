import { epochSeconds } from "#lib/clock.ts";
import { overlapSecondsOf } from "#lib/legrand/applications/compatibility.ts";
import type { RefreshPolicy } from "#lib/legrand/applications/compatibility-constants.ts";
import { commitWrites } from "#lib/legrand/authorization-server/commit-writes.ts";
import { endRevokedGrants } from "#lib/legrand/authorization-server/end-revoked-grants.ts";
import { completeTokenResponse } from "#lib/legrand/authorization-server/legrand-rules.ts";
import { narrowToGrant } from "#lib/legrand/authorization-server/narrow-to-grant.ts";
import { noteUseOfToken } from "#lib/legrand/authorization-server/note-use.ts";
import { findRefreshPolicy } from "#lib/legrand/authorization-server/refresh-policy.ts";
import { fetchAnswerAgain, keepAnswer } from "#lib/legrand/authorization-server/refresh-replay.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import type { Artifact } from "#lib/legrand/authorization-server/store.ts";
import { withdrawUnregistered } from "#lib/legrand/authorization-server/withdraw-unregistered.ts";
import { withJson } from "#lib/legrand/authorization-server/with-json.ts";
import { endGrant } from "#lib/legrand/grants/end-grant.ts";

/**
 * A token request that the library has answered: what was sent, by whom, and the code or refresh token as it
 * was stored.
 */
export type AnsweredTokenRequest = {
  parameters: URLSearchParams;
  clientId: string | null;
  source: Artifact | null;
  response: Response;
};

/**
 * Writes what the library decided about a token request, and returns what the client hears: `expires_on`
 * beside `expires_in`; the earlier answer to a refresh that comes again (decision 18); and `invalid_grant`
 * for a redemption that lost against another one.
 */
export async function concludeTokenRequest(request: AnsweredTokenRequest): Promise<Response> {
  const { parameters, clientId, source, response } = request;
  const policy = findRefreshPolicy(clientId);
  const again = isReuse(request) ? await fetchAgain(request, policy) : null;
  if (again) return withJson(response, narrowToGrant(again), 200);
  const answer =
    response.status === 200
      ? completeTokenResponse(
          narrowToGrant((await response.json()) as Record<string, unknown>),
          epochSeconds(),
          findRefreshTokenEnd(),
        )
      : null;
  const isRefresh = source?.kind === "RefreshToken";
  if (answer && isRefresh)
    requestScope().replay = keepAnswer(
      parameters,
      answer as Parameters<typeof keepAnswer>[1],
      policy === "former" ? 0 : overlapSecondsOf(policy),
    );
  await endRevokedGrants("reuse");
  if (!(await commitWrites())) return lostRace(request, policy);
  if (source && !answer && policy !== "former") await revokeReplayed(request, source);
  if (answer && isRefresh) await afterRefresh(source.grantId!);
  return answer ? withJson(response, answer) : response;
}

/** When the refresh token ends that this request issued; null where it issued none. */
function findRefreshTokenEnd(): number | null {
  const issued = requestScope().writes.saved.find(({ kind }) => kind === "RefreshToken");
  return issued ? Number(issued.payload.exp) : null;
}

async function afterRefresh(grantId: string): Promise<void> {
  await withdrawUnregistered(grantId);
  await noteUseOfToken();
}

/**
 * Whether a spent refresh token came back, and nothing else is wrong: the library revokes its grant then,
 * after it has looked at the client, the token's owner and end, the grant and the scopes.
 */
function isReuse({ source }: AnsweredTokenRequest): boolean {
  return source?.kind === "RefreshToken" && requestScope().revokedGrants.includes(source.grantId!);
}

/** The kept answer to the same refresh, or null: also where the application rotates strictly by now. */
function fetchAgain(
  { parameters }: AnsweredTokenRequest,
  policy: RefreshPolicy,
): ReturnType<typeof fetchAnswerAgain> {
  return policy === "overlap" ? fetchAnswerAgain(parameters) : Promise.resolve(null);
}

/**
 * The other redemption won. Of several refreshes with one token all get the answer of the first one, as if
 * that had been lost. Else two of them are what a stolen code looks like, so what the winner got goes too
 * (RFC 6749 §4.1.2).
 */
async function lostRace(request: AnsweredTokenRequest, policy: RefreshPolicy): Promise<Response> {
  const { source, response } = request;
  const again = source?.kind === "RefreshToken" ? await fetchAgain(request, policy) : null;
  if (again) return withJson(response, narrowToGrant(again), 200);
  const grantId = requestScope().writes.saved.find((artifact) => artifact.grantId)?.grantId;
  if (grantId) await endGrant(grantId, "reuse");
  return Response.json(
    { error: "invalid_grant", error_description: "grant request is invalid" },
    {
      status: 400,
      headers: { "cache-control": "no-store" },
    },
  );
}

/**
 * A code or refresh token that was spent comes back: what it bought goes, also when the library refused it
 * for another reason that it looked at first (its end, its verifier). `invalid_grant` says that the client
 * had authenticated before; another client that shows it, in whichever way it authenticates, ends nothing of
 * its owner.
 */
async function revokeReplayed(
  { clientId, response }: AnsweredTokenRequest,
  { consumedAt, grantId, payload }: Artifact,
): Promise<void> {
  const { error } = (await response.clone().json()) as { error?: string };
  const isOwn = clientId === payload.clientId;
  if (error === "invalid_grant" && consumedAt && grantId && isOwn) await endGrant(grantId, "reuse");
}
