import type { NextRequest } from "next/server";

import { answerAuthHead } from "#lib/connect/auth/answer-auth-head.ts";
import { handlers } from "#lib/connect/auth/auth.ts";
import { explaining } from "#lib/connect/problems/explain.ts";
import { answerCallback } from "#lib/connect/auth/answer-callback.ts";
import { keepFlowOf } from "#lib/connect/flows/keep-flow.ts";

const CALLBACK = /\/callback\/[^/]+\/?$/;

export const GET = (request: NextRequest) =>
  CALLBACK.test(request.nextUrl.pathname)
    ? answerCallback(request, (first) => explaining(first, handlers.GET))
    : explaining(request, handlers.GET).then((response) => keepFlowOf(request, response));
export const HEAD = (request: NextRequest) => answerAuthHead(request.nextUrl.pathname);
export const POST = (request: NextRequest) =>
  explaining(request, handlers.POST).then((response) => keepFlowOf(request, response));
