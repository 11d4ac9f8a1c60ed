import { NextRequest } from "next/server";

import { noticingProblems, type ConnectionProblem } from "#lib/connect/connection-problems/problem.ts";
import { countDenial } from "#lib/connect/connection-problems/store.ts";
import { env } from "#lib/env.ts";
import { afterAnswer } from "#lib/http/after-answer.ts";
import { answerFailure, answerUnreadable } from "#lib/http/form-post.ts";
import { readForm, UnreadableRequestError } from "#lib/http/read-parameters.ts";

/** The page that explains a problem. */
export const problemPath = (problem: ConnectionProblem | null) => `/connection-error?problem=${problem ?? "failed"}`;

/**
 * Lets next-auth answer, with a bounded body, and replaces the word "Configuration", its answer to nearly everything, by what
 * went wrong: the person lands on `/connection-error?problem=…`. A database that does not answer is a 503, which next-auth
 * would hide as well. Anything else passes through untouched.
 */
export async function explaining(request: NextRequest, handler: (request: NextRequest) => Promise<Response>): Promise<Response> {
  try {
    const bounded = request.method === "POST" ? await withForm(request) : request;
    const { result: response, problem } = await noticingProblems(request.nextUrl.searchParams.get("error"), () => handler(bounded));
    const location = response.headers.get("location");
    if (!location?.includes("/connection-error?error=")) return response;
    // Found only where the state was right, and once for each flow: no other site can make a browser deny.
    if (problem === "denied") afterAnswer("denial", countDenial);
    const headers = new Headers(response.headers);
    headers.set("location", env().origin + problemPath(problem));
    return new Response(null, { status: 303, headers });
  } catch (error) {
    return error instanceof UnreadableRequestError ? answerUnreadable(error) : answerFailure(request, error);
  }
}

async function withForm(request: NextRequest): Promise<NextRequest> {
  const form = await readForm(request);
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/x-www-form-urlencoded");
  return new NextRequest(request.url, { method: "POST", headers, body: form.toString() });
}
