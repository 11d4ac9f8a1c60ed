import { now } from "#lib/clock.ts";
import { cloudFetch } from "#lib/connect/cloud/cloud-fetch.ts";
import { readCloudJson } from "#lib/connect/cloud/read-cloud-json.ts";
import type { HomesProblem, Readable } from "#lib/connect/homes/home.ts";
import { judgeAnswer, type ApiAnswer, type Judgement } from "#lib/connect/homes/judge-answer.ts";
import { recordWithdrawnScope } from "#lib/connect/scope-checks/store.ts";
import type { AccessTokenOutcome } from "#lib/connect/tokens/judge.ts";
import { getAccessToken } from "#lib/connect/tokens/get-access-token.ts";
import { env } from "#lib/env.ts";

/**
 * One call of an API, the Smarther API unless named. `path` is below that API, `scope` is what it needs, and
 * `body` is what to post, if anything.
 */
export type Call = { api?: ApiName; path: string; scope: string; body?: unknown };

/** An API of Legrand: Smarther API v2.0 or Home + Control API v1.0. */
type ApiName = "smarther" | "homeControl";

/** The API for one linked account. */
export type PreparedCalls = {
  /** Makes the call, with a renewed token if needed. Returns the body of the answer. */
  call: (call: Call) => Promise<Readable<unknown>>;
  /** True if the account has lost access or scopes since it was read. */
  hasChanged: () => boolean;
};

type Known = { id: string; grantedScopes: string[] };

/** Time limit for one call. */
const TIMEOUT_MS = 10_000;
/** Enough for a topology of some thousand products. */
const BODY_LIMIT_BYTES = 1024 * 1024;

/**
 * Time limit for all calls together. Otherwise each of many homes that do not answer would take its ten
 * seconds, one after the other.
 */
const ALL_CALLS_TIMEOUT_MS = 20_000;

/**
 * Prepares calls of the API for a linked account. Reads its token once, however many calls follow. If the API
 * refuses the token (401), it is renewed once for all calls. If the API reports a missing scope (403) that we
 * believed to be granted, the user has taken it back, and this is stored. After `togetherMs` no further call
 * is made and running calls are aborted, with the result `unreachable`.
 */
export async function prepareCalls(
  { id, grantedScopes }: Known,
  togetherMs = ALL_CALLS_TIMEOUT_MS,
): Promise<Readable<PreparedCalls>> {
  const token = await getAccessToken(id);
  if (!token.ok) return { ok: false, problem: describeRefusal(token) };
  const end = performance.now() + togetherMs;
  const withdrawn = new Map<string, Promise<unknown>>();
  let renewed: Promise<AccessTokenOutcome> | undefined;
  let hasChanged = false;

  const renewToken = async () => {
    const outcome = await (renewed ??= getAccessToken(id, { rejected: token.tokenVersion }));
    if (!outcome.ok) hasChanged = true;
    return outcome;
  };
  const recordIfWithdrawn = async (problem: HomesProblem) => {
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
  const call = async (wanted: Call): Promise<Readable<unknown>> => {
    const used = renewed;
    let judged = await attempt(await (used ?? token), wanted);
    // Another call may have renewed the token by now, so check which token this call used.
    if (!judged.ok && judged.problem === "token_refused" && !used)
      judged = await attempt(await renewToken(), wanted);
    if (judged.ok) return judged;
    // A new token was refused too, so another one would not help.
    const problem: HomesProblem = judged.problem === "token_refused" ? { reason: "refused" } : judged.problem;
    await recordIfWithdrawn(problem);
    return { ok: false, problem };
  };
  return { ok: true, value: { call, hasChanged: () => hasChanged } };
}

/**
 * Calls an operation of an API with this access token and Connect's subscription key. Sends a POST if there
 * is a `body`, otherwise a GET. Returns null if no complete answer arrives within ten seconds, or within
 * `leftMs` if that is less. Does not follow redirects, because the token is meant for this host only.
 */
async function callApi(
  accessToken: string,
  { api, path }: { api: ApiName; path: string },
  leftMs: number,
  body?: unknown,
): Promise<ApiAnswer | null> {
  const { apiUrl, homeControlUrl, subscriptionKey } = env().legrand;
  const base = api === "smarther" ? apiUrl : homeControlUrl;
  if (leftMs < 1 || base === null) return null;
  try {
    const response = await cloudFetch(base + path, {
      method: body === undefined ? "GET" : "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(Math.min(Math.floor(leftMs), TIMEOUT_MS)),
      headers: {
        accept: "application/json",
        authorization: `Bearer ${accessToken}`,
        ...(subscriptionKey ? { "ocp-apim-subscription-key": subscriptionKey } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await readCloudJson(response, BODY_LIMIT_BYTES),
    };
  } catch {
    return null;
  }
}

/** Makes the call and parses its answer. Returns the problem `unusable` if `parse` returns null. */
export async function ask<T>(
  api: PreparedCalls,
  call: Call,
  parse: (body: unknown) => T | null,
): Promise<Readable<T>> {
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
