import { now } from "#lib/clock.ts";
import { callApi, type ApiName } from "#lib/connect/homes/call-api.ts";
import type { HomesProblem, Outcome } from "#lib/connect/homes/home.ts";
import { judgeAnswer, type Judgement } from "#lib/connect/homes/judge-answer.ts";
import type { AccessTokenOutcome } from "#lib/connect/tokens/judge.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { recordWithdrawnScope } from "#lib/connect/scope-checks/store.ts";

/**
 * One call of an API, the Smarther API unless named. `path` is below that API, `scope` is what it needs, and
 * `body` is what to post, if anything.
 */
export type Call = { api?: ApiName; path: string; scope: string; body?: unknown };

/** The API for one linked account. */
export type Api = {
  /** Makes the call, with a renewed token if needed. Returns the body of the answer. */
  call: (call: Call) => Promise<Outcome<unknown>>;
  /** True if the account has lost access or scopes since it was read. */
  hasChanged: () => boolean;
};

type Known = { id: string; grantedScopes: string[] };

/**
 * Time limit for all calls together. Otherwise each of many homes that do not answer would take its ten
 * seconds, one after the other.
 */
const TOGETHER_MS = 20_000;

/**
 * Opens the API for a linked account. Reads its token once, however many calls follow. If the API refuses the
 * token (401), it is renewed once for all calls. If the API reports a missing scope (403) that we believed to
 * be granted, the user has taken it back, and this is stored. After `togetherMs` no further call is made and
 * running calls are aborted, with the result `unreachable`.
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
    if (!withdrawn.has(problem.scope)) withdrawn.set(problem.scope, recordWithdrawnScope(id, problem.scope));
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
    // Another call may have renewed the token by now, so check which token this call used.
    if (!judged.ok && judged.problem === "token_refused" && !used)
      judged = await attempt(await renew(), wanted);
    if (judged.ok) return judged;
    // A new token was refused too, so another one would not help.
    const problem: HomesProblem = judged.problem === "token_refused" ? { reason: "refused" } : judged.problem;
    await note(problem);
    return { ok: false, problem };
  };
  return { ok: true, value: { call, hasChanged: () => hasChanged } };
}

/** Makes the call and parses its answer. Returns the problem `unusable` if `parse` returns null. */
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
