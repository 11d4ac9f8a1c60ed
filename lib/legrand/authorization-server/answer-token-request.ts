import { overlapSecondsOf } from "#lib/legrand/applications/compatibility.ts";
import type { RefreshPolicy } from "#lib/legrand/applications/compatibility-constants.ts";
import type { Artifact } from "#lib/legrand/authorization-server/artifacts.store.ts";
import { askLibrary, toResponse, withJson } from "#lib/legrand/authorization-server/bridge.ts";
import { commitWrites } from "#lib/legrand/authorization-server/commit-writes.ts";
import {
  judgeClient,
  presentedClientId,
  recordClientUse,
} from "#lib/legrand/authorization-server/judge-client.ts";
import {
  completeTokenRequest,
  completeTokenResponse,
  type IssuedToken,
} from "#lib/legrand/authorization-server/legrand-rules.ts";
import { findRefreshPolicy } from "#lib/legrand/authorization-server/load-application.ts";
import { readAheadForToken } from "#lib/legrand/authorization-server/read-ahead.ts";
import type { LibraryAnswer } from "#lib/legrand/authorization-server/provider.ts";
import type { ReadRequest } from "#lib/legrand/authorization-server/read-request.ts";
import { fetchAnswerAgain, keepAnswer } from "#lib/legrand/authorization-server/refresh-replay.ts";
import {
  endRevokedGrants,
  narrowToGrant,
  withdrawUnregistered,
} from "#lib/legrand/authorization-server/request-grant.ts";
import { requestScope } from "#lib/legrand/authorization-server/request-scope.ts";
import {
  answerPaused,
  countTokenFailure,
  findPause,
} from "#lib/legrand/authorization-server/token-failures.ts";
import { endGrant } from "#lib/legrand/grants/end-grant.ts";

/**
 * Answers a token request that was read (RFC 6749 §3.2). The function lists the steps in order: bounds, read
 * ahead, complete, judge the client, library, conclude and commit, count a failure.
 */
export async function answerTokenRequest(
  request: ReadRequest & { body: URLSearchParams },
): Promise<Response> {
  const { body } = request;
  const clientId = presentedClientId(request);
  const caller = { clientId, network: requestScope().network };
  const pause = findPause(caller);
  if (pause !== null) return answerPaused(pause);
  const source = await readAheadForToken(clientId, body);
  completeTokenRequest(body, source?.payload);
  await judgeClient("token", request, source);
  const answer = await askLibrary(request);
  await recordClientUse(clientId, answer.status === 200);
  const concluded = await conclude({ parameters: body, clientId, source, answer });
  if (concluded.status >= 400 && concluded.status < 500) await countTokenFailure(caller);
  return toResponse(concluded);
}

/**
 * A token request that the library has answered: its parameters, its client, and the stored code or refresh
 * token.
 */
type AnsweredTokenRequest = {
  parameters: URLSearchParams;
  clientId: string | null;
  source: Artifact | null;
  answer: LibraryAnswer;
};

/**
 * Writes what the library decided, and returns the response for the client. The steps, in order: return the
 * earlier response if a refresh is repeated (decision 18), complete the response, keep it for a repetition,
 * end a grant whose token was reused, and commit. Returns `invalid_grant` if the redemption lost a race.
 */
async function conclude(request: AnsweredTokenRequest): Promise<LibraryAnswer> {
  const { parameters, clientId, source, answer } = request;
  const policy = findRefreshPolicy(clientId);
  const again = isReuse(request) ? await fetchAgain(request, policy) : null;
  if (again) return withJson(answer, narrowToGrant(again), 200);
  const completed = answer.status === 200 ? completeAnswer(answer) : null;
  const isRefresh = source?.kind === "RefreshToken";
  if (completed && isRefresh)
    requestScope().replay = keepAnswer(
      parameters,
      completed as Parameters<typeof keepAnswer>[1],
      policy === "former" ? 0 : overlapSecondsOf(policy),
    );
  await endRevokedGrants("reuse");
  if (!(await commitWrites())) return lostRace(request, policy);
  if (source && !completed && policy !== "former") await revokeReplayed(request, source);
  if (completed && isRefresh) await withdrawUnregistered(source.grantId!);
  return completed ? withJson(answer, completed) : answer;
}

/** Returns the body of a successful response as Legrand sends it, with the scopes that are granted now. */
function completeAnswer(answer: LibraryAnswer): Record<string, unknown> {
  return completeTokenResponse(
    narrowToGrant(answer.body as Record<string, unknown>),
    findIssued("AccessToken"),
    findIssued("RefreshToken"),
  );
}

/** Returns the token of this kind that this request issued, or null if it issued none. */
function findIssued(kind: "AccessToken" | "RefreshToken"): IssuedToken | null {
  const issued = requestScope().writes.saved.find((artifact) => artifact.kind === kind);
  return issued ? (issued.payload as IssuedToken) : null;
}

/**
 * True if a spent refresh token was sent and nothing else is wrong. The library then revokes its grant, after
 * it has checked the client, the token's owner and end, the grant and the scopes.
 */
function isReuse({ source }: AnsweredTokenRequest): boolean {
  return source?.kind === "RefreshToken" && requestScope().revokedGrants.includes(source.grantId!);
}

/**
 * Returns the stored response to an equal refresh, or null. Also returns null if the application now uses
 * strict rotation.
 */
function fetchAgain(
  { parameters }: AnsweredTokenRequest,
  policy: RefreshPolicy,
): ReturnType<typeof fetchAnswerAgain> {
  return policy === "overlap" ? fetchAnswerAgain(parameters) : Promise.resolve(null);
}

/**
 * Answers a redemption that lost against a concurrent one. Concurrent refreshes with one token all receive
 * the response of the first one, as if that response had been lost. In every other case, two redemptions are
 * the sign of a stolen code, so the winner's tokens are revoked too (RFC 6749 §4.1.2).
 */
async function lostRace(request: AnsweredTokenRequest, policy: RefreshPolicy): Promise<LibraryAnswer> {
  const { source, answer } = request;
  const again = source?.kind === "RefreshToken" ? await fetchAgain(request, policy) : null;
  if (again) return withJson(answer, narrowToGrant(again), 200);
  const grantId = requestScope().writes.saved.find((artifact) => artifact.grantId)?.grantId;
  if (grantId) await endGrant(grantId, "reuse");
  return withJson(answer, { error: "invalid_grant", error_description: "grant request is invalid" }, 400);
}

/**
 * Ends the grant if a spent code or refresh token is used again. This applies even if the library refused the
 * request for a reason that it checks earlier, such as the token's end or the PKCE verifier. `invalid_grant`
 * shows that the client had authenticated. Another client that sends the token, however it authenticates,
 * cannot end its owner's grant.
 */
async function revokeReplayed(
  { clientId, answer }: AnsweredTokenRequest,
  { consumedAt, grantId, payload }: Artifact,
): Promise<void> {
  const { error } = answer.body as { error?: string };
  const isOwn = clientId === payload.clientId;
  if (error === "invalid_grant" && consumedAt && grantId && isOwn) await endGrant(grantId, "reuse");
}
