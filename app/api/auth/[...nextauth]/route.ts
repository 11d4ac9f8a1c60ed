import type { NextRequest } from "next/server";

import { answerAuthHead } from "#lib/connect/auth/answer-auth-head.ts";
import { handlers } from "#lib/connect/auth/auth.ts";
import { explainProblems } from "#lib/connect/problems/explain.ts";
import { answerCallback } from "#lib/connect/auth/answer-callback.ts";
import { renameFlowCookiesOf } from "#lib/connect/flows/rename-flow-cookies.ts";

const CALLBACK = /\/callback\/[^/]+\/?$/;

export const GET = (request: NextRequest) =>
  CALLBACK.test(request.nextUrl.pathname)
    ? answerCallback(request, (first) => explainProblems(first, handlers.GET))
    : explainProblems(request, handlers.GET).then((response) => renameFlowCookiesOf(request, response));
export const HEAD = (request: NextRequest) => answerAuthHead(request.nextUrl.pathname);
export const POST = (request: NextRequest) =>
  explainProblems(request, handlers.POST).then((response) => renameFlowCookiesOf(request, response));
