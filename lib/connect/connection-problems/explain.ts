import type { NextRequest } from "next/server";

import { noticingProblems } from "#lib/connect/connection-problems/problem.ts";
import { env } from "#lib/env.ts";

/**
 * Lets next-auth answer, and replaces the word "Configuration", its answer to nearly everything, by what went wrong: the
 * person lands on `/connection-error?problem=…`. Anything but a problem passes through untouched.
 */
export async function explaining(request: NextRequest, handler: (request: NextRequest) => Promise<Response>): Promise<Response> {
  const { result: response, problem } = await noticingProblems(() => handler(request));
  const location = response.headers.get("location");
  if (!location?.includes("/connection-error?error=")) return response;
  const headers = new Headers(response.headers);
  headers.set("location", `${env().origin}/connection-error?problem=${problem ?? "failed"}`);
  return new Response(null, { status: 303, headers });
}
