import { setTimeout as sleep } from "node:timers/promises";

import { parseSetCookie } from "cookie";
import { NextRequest } from "next/server";
import { z } from "zod";

import { now } from "#lib/clock.ts";
import { findExpectedIss, findIssuer } from "#lib/connect/cloud/discover-issuer.ts";
import { problemPath } from "#lib/connect/problems/explain.ts";
import type { ConnectionProblem } from "#lib/connect/problems/problem.ts";
import {
  lastingCookies,
  nonceCookie,
  plainFlowCookies,
  stateCookie,
} from "#lib/connect/flows/auth-cookies.ts";
import { runInFlow } from "#lib/connect/flows/current-flow.ts";
import { findFlow, flowCookie, namesOfFlow, type Flow } from "#lib/connect/flows/flow.ts";
import {
  claimCallback,
  findOutcome,
  OUTCOME_LIFETIME_SECONDS,
  saveOutcome,
  type CallbackKey,
} from "#lib/connect/flows/store.ts";
import { withoutIss } from "#lib/connect/legrand-provider.ts";
import { digest } from "#lib/crypto/digest.ts";
import { openUnderToken, sealUnderToken } from "#lib/crypto/seal-under-token.ts";
import { env } from "#lib/env.ts";
import { readCookiePairs, writeCookiePairs } from "#lib/http/cookie-pairs.ts";
import { deleteCookieLines, setCookieLine } from "#lib/http/set-cookie-line.ts";
import { answerFailure } from "#lib/http/form-post.ts";
import { logError } from "#lib/log.ts";
import { currentRequestId } from "#lib/request-id.ts";

const LOOK_AGAIN_MS = 100;

/** Passes a callback to next-auth and returns its answer. */
type Answer = (request: NextRequest) => Promise<Response>;

/**
 * Answers the callback of a flow, once: `answer` runs for its first delivery only. Chromium asks again by
 * itself when the first answer is lost, and a code that is redeemed twice ends the access that it gave (RFC
 * 6749 §4.1.2).
 *
 * A later delivery waits for the first one and gets its answer. This works for 60 seconds, in any process, if
 * this browser has the cookie of the flow. Every other delivery reaches next-auth without the cookies of a
 * flow, and next-auth refuses it. Never throws.
 */
export async function answerCallback(request: NextRequest, answer: Answer): Promise<Response> {
  try {
    const state = request.nextUrl.searchParams.get("state") ?? "";
    const flow = await findFlow(request.headers.get("cookie"), state);
    const key = keyOf(request, state);
    if (flow?.isOpen && (await cannotIdentify(flow))) return redirectTo(303, locationOf("unreachable"), []);
    if (flow?.isOpen && (await claimCallback(key))) return await answerFirst(request, answer, flow, key);
    return (flow && (await waitForAnswer(key, flow))) ?? (await refuse(request, answer));
  } catch (error) {
    return answerFailure(request, error);
  }
}

/**
 * True if the flow asked for an id_token and discovery cannot be read now. Without discovery, the homes would
 * identify the person, and under a different identity. The flow stays open, and its code unspent.
 */
async function cannotIdentify({ cookies }: Flow): Promise<boolean> {
  return cookies.some(({ name }) => name === nonceCookie()) && (await findIssuer()) === null;
}

function keyOf({ nextUrl: { searchParams } }: NextRequest, state: string): CallbackKey {
  return {
    keyDigest: digest(JSON.stringify(["state", "code", "error"].map((name) => searchParams.getAll(name)))),
    flowDigest: digest(state),
  };
}

/**
 * Answers the first delivery and ends the flow, also if the answer is an error. Only the cookie that fetches
 * this answer again stays, for 60 seconds.
 */
async function answerFirst(
  request: NextRequest,
  answer: Answer,
  flow: Flow,
  key: CallbackKey,
): Promise<Response> {
  const answered = await runInFlow(flow, async () => answer(await withFlow(request, flow))).catch(
    (error: unknown) => answerFailure(request, error),
  );
  const remaining = flowCookie(stateCookie(), flow.state);
  const ended = flow.cookies
    .map(({ name }) => flowCookie(name, flow.state))
    .filter((name) => name !== remaining);
  const response = withCookieLines(answered, [
    ...deleteCookieLines(ended),
    setCookieLine(remaining, flow.secret, { path: "/", lifetimeSeconds: OUTCOME_LIFETIME_SECONDS }),
  ]);
  await keepAnswer(key, response, flow);
  return response;
}

const answerSchema = z.object({ status: z.number(), location: z.string(), cookies: z.array(z.string()) });

/**
 * Stores a redirect with its cookies, encrypted with a key from the flow's cookie. After a failure the code
 * may or may not be spent, so a redirect to a page that says this is stored instead.
 */
async function keepAnswer(key: CallbackKey, response: Response, { secret }: Flow): Promise<void> {
  const location = response.status < 400 ? response.headers.get("location") : null;
  const answer = {
    status: location ? response.status : 303,
    location: location ?? locationOf("interrupted"),
    cookies: location ? response.headers.getSetCookie() : [],
  };
  try {
    await saveOutcome(key, sealUnderToken(secret, JSON.stringify(answer), key.keyDigest));
  } catch (error) {
    // The browser still gets its answer. A second delivery gets the answer that the first one was interrupted.
    logError(currentRequestId(), "callback", error);
  }
}

/**
 * Returns the answer to an earlier delivery. Returns null if there was none, or if it is more than 60 seconds
 * old.
 */
async function waitForAnswer(key: CallbackKey, { secret }: Flow): Promise<Response | null> {
  for (let row = await findOutcome(key); row; row = await findOutcome(key)) {
    const isOver = row.expiresAt <= now();
    if (row.answer === null && isOver) return redirectTo(303, locationOf("interrupted"), []);
    if (isOver) return null;
    if (row.answer !== null) {
      const { status, location, cookies } = answerSchema.parse(
        JSON.parse(openUnderToken(secret, row.answer, key.keyDigest)),
      );
      return redirectTo(status, location, cookies);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  return null;
}

/**
 * Lets next-auth refuse the callback, and deletes the cookies of this `state`, because they are no longer
 * usable.
 */
async function refuse(request: NextRequest, answer: Answer): Promise<Response> {
  const names = namesOfFlow(request.headers.get("cookie"), request.nextUrl.searchParams.get("state") ?? "");
  return withCookieLines(await answer(await withFlow(request, null)), deleteCookieLines(names));
}

/**
 * Returns the request in the form that next-auth expects. It has the cookies of this flow under their plain
 * names, and no cookies of other flows.
 */
async function withFlow(request: NextRequest, flow: Flow | null): Promise<NextRequest> {
  const lasting = readCookiePairs(request.headers.get("cookie")).filter(({ name }) =>
    lastingCookies().includes(name),
  );
  const headers = new Headers(request.headers);
  headers.set("cookie", writeCookiePairs([...lasting, ...(flow?.cookies ?? [])]));
  return new NextRequest((await findExpectedIss()) === null ? withoutIss(request.url) : request.url, {
    headers,
  });
}

/**
 * Returns the answer with `lines` as its flow cookies, instead of those that next-auth set under their plain
 * names.
 */
function withCookieLines(response: Response, lines: string[]): Response {
  const headers = new Headers(response.headers);
  headers.delete("set-cookie");
  const plainNames = plainFlowCookies();
  const others = response.headers
    .getSetCookie()
    .filter((line) => !plainNames.includes(parseSetCookie(line).name));
  for (const line of [...others, ...lines]) headers.append("set-cookie", line);
  return new Response(response.body, { status: response.status, headers });
}

const locationOf = (problem: ConnectionProblem) => env().origin + problemPath(problem);

function redirectTo(status: number, location: string, cookies: string[]): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const line of cookies) headers.append("set-cookie", line);
  return new Response(null, { status, headers });
}
