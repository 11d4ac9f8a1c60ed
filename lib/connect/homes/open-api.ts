import { now } from "#lib/clock.ts";
import { callApi, type ApiName } from "#lib/connect/homes/call-api.ts";
import type { HomesProblem, Outcome } from "#lib/connect/homes/home.ts";
import { judgeAnswer, type Judgement } from "#lib/connect/homes/judge-answer.ts";
import type { AccessTokenOutcome } from "#lib/connect/tokens/access-token-outcome.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { noteWithdrawnScope } from "#lib/connect/tokens/store.ts";

/**
 * One call: its path below that API, the Smarther API unless named, the scope that it needs, and what is
 * posted, if anything.
 */
export type Call = { api?: ApiName; path: string; scope: string; body?: unknown };

/** The API for one linked account. */
export type Api = {
  /** Makes the call, with a renewed token if need be. Returns the body of the answer. */
  call: (call: Call) => Promise<Outcome<unknown>>;
  /** Whether the account is another one now than when it was read: access or scopes that it had are gone. */
  hasChanged: () => boolean;
};

type Known = { id: string; grantedScopes: string[] };

/**
 * For all calls together: of many homes that do not answer each would take its ten seconds, one after the
 * other.
 */
const TOGETHER_MS = 20_000;

/**
 * Opens the API for a linked account with one look at its token, however many calls follow. A token that the
 * API does not take (401) is renewed once for all of them. A scope that we believed granted and that the API
 * misses (403) was taken back: that is noted. After `togetherMs` no call is made any more, and none goes on:
 * `unreachable`.
 */
export async function openApi({ id, grantedScopes }: Known, togetherMs = TOGETHER_MS): Promise<Outcome<Api>> {
  const token = await getAccessToken(id);
  if (!token.ok) return { ok: false, problem: describeRefusal(token) };
  const end = performance.now() + togetherMs;
  const withdrawn = new Map<string, Promise<unknown>>();
  let renewed: Promise<AccessTokenOutcome> | undefined;
  let hasChanged = false;

  const renew = async () => {
    const outcome = await (renewed ??= getAccessToken(id, { rejected: token.tokenVersion }));
    if (!outcome.ok) hasChanged = true;
    return outcome;
  };
  const note = async (problem: HomesProblem) => {
    if (problem.reason !== "missing_scope" || !grantedScopes.includes(problem.scope)) return;
    hasChanged = true;
    if (!withdrawn.has(problem.scope)) withdrawn.set(problem.scope, noteWithdrawnScope(id, problem.scope));
    await withdrawn.get(problem.scope);
  };
  const attempt = async (
    token: AccessTokenOutcome,
    { api = "smarther", path, scope, body }: Call,
  ): Promise<Judgement> => {
    if (!token.ok) return { ok: false, problem: describeRefusal(token) };
    return judgeAnswer(
      await callApi(token.accessToken, { api, path }, end - performance.now(), body),
      scope,
      now(),
    );
  };
  const call = async (wanted: Call): Promise<Outcome<unknown>> => {
    const used = renewed;
    let judged = await attempt(await (used ?? token), wanted);
    // Another call may have renewed it by now; what counts is with which token this one was made.
    if (!judged.ok && judged.problem === "token_refused" && !used)
      judged = await attempt(await renew(), wanted);
    if (judged.ok) return judged;
    // Refused again with a token that was made just now: no third one will do.
    const problem: HomesProblem = judged.problem === "token_refused" ? { reason: "refused" } : judged.problem;
    await note(problem);
    return { ok: false, problem };
  };
  return { ok: true, value: { call, hasChanged: () => hasChanged } };
}

/** Makes the call and reads its answer; `unusable` where `parse` returns null. */
export async function ask<T>(api: Api, call: Call, parse: (body: unknown) => T | null): Promise<Outcome<T>> {
  const answer = await api.call(call);
  if (!answer.ok) return answer;
  const value = parse(answer.value);
  return value === null ? { ok: false, problem: { reason: "unusable" } } : { ok: true, value };
}

function describeRefusal(refusal: Extract<AccessTokenOutcome, { ok: false }>): HomesProblem {
  return refusal.reason === "unavailable"
    ? { reason: "unavailable", until: refusal.retryAt }
    : { reason: "reconnect_needed" };
}
