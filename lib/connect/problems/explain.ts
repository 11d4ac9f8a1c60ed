import { NextRequest } from "next/server";

import { accountNotice, type AccountNotice } from "#lib/connect/linked-accounts/account-notice.ts";
import { readBegun, type BegunRequest } from "#lib/connect/flows/begun-request.ts";
import { discardUnstored } from "#lib/connect/tokens/discard-unstored.ts";
import { noticingProblems, type ConnectionProblem } from "#lib/connect/problems/problem.ts";
import { countDenial } from "#lib/connect/problems/store.ts";
import { countConnection } from "#lib/metrics.ts";
import { env } from "#lib/env.ts";
import { afterAnswer } from "#lib/http/after-answer.ts";
import { answerFailure, answerUnreadable } from "#lib/http/form-post.ts";
import { readForm, UnreadableRequestError } from "#lib/http/read-parameters.ts";

/** Returns the path of the page that explains a problem. */
export const problemPath = (problem: ConnectionProblem | null) =>
  `/connection-error?problem=${problem ?? "failed"}`;

/**
 * Lets next-auth answer, with a limit on the request body, and explains its errors. For nearly every error,
 * next-auth redirects with the word "Configuration". This function redirects to `/connection-error?problem=…`
 * with the actual problem instead. If the database does not answer, answers 503, which next-auth would hide
 * as well. All other answers pass through unchanged.
 */
export async function explaining(
  request: NextRequest,
  handler: (request: NextRequest) => Promise<Response>,
): Promise<Response> {
  try {
    if (isAmbiguous(request.nextUrl)) return refuseAmbiguous();
    const bounded = request.method === "POST" ? await withForm(request) : request;
    const {
      result: response,
      problem,
      issued,
    } = await noticingProblems(request.nextUrl.searchParams.get("error"), () => handler(bounded));
    // Done before the answer is sent. The user may start again right after it, and a later revocation would
    // end the new access.
    if (problem && issued) await discardUnstored(issued, { isTransient: problem === "unreachable" });
    const location = response.headers.get("location");
    const begun = readBegun();
    if (!location?.includes("/connection-error?error="))
      return begun && location
        ? redirect(response, location, { about: "connected", request: begun })
        : response;
    // Reached only if the state was valid, and once for each flow. Another site cannot make a browser count
    // denials.
    if (problem === "denied") afterAnswer("denial", countDenial);
    if (problem === "denied" && begun && isAboutConnected(begun))
      return redirect(response, `${env().origin}/account`, { about: "denied" });
    return redirect(response, env().origin + problemPath(problem), null);
  } catch (error) {
    return error instanceof UnreadableRequestError ? answerUnreadable(error) : answerFailure(request, error);
  }
}

/**
 * True if a parameter of the authorization response appears twice (RFC 6749 §3.1). Nothing says which of them
 * the authorization server sent, and next-auth would take the last one.
 */
const isAmbiguous = ({ pathname, searchParams }: URL) =>
  pathname.includes("/callback/") && OF_RESPONSE.some((name) => searchParams.getAll(name).length > 1);
const OF_RESPONSE = ["code", "state", "iss", "error"];

function refuseAmbiguous(): Response {
  countConnection("unusable_answer");
  return new Response(null, {
    status: 303,
    headers: { location: env().origin + problemPath("unusable_answer"), "cache-control": "no-store" },
  });
}

/**
 * True for requests that only a user with a connected account can start. After a denial they still have an
 * account page to return to.
 */
const isAboutConnected = ({ intent }: BegunRequest) => intent !== "connect" && intent !== "choose";

function redirect(response: Response, location: string, notice: AccountNotice | null): Response {
  const headers = new Headers(response.headers);
  headers.set("location", location);
  if (notice) headers.append("set-cookie", accountNotice.seal(notice));
  return new Response(null, { status: 303, headers });
}

async function withForm(request: NextRequest): Promise<NextRequest> {
  const form = await readForm(request);
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/x-www-form-urlencoded");
  return new NextRequest(request.url, { method: "POST", headers, body: form.toString() });
}
