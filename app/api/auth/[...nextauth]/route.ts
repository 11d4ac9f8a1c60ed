import type { NextRequest } from "next/server";

import { answerAuthHead } from "#lib/connect/answer-auth-head.ts";
import { handlers } from "#lib/connect/auth.ts";
import { explaining } from "#lib/connect/connection-problems/explain.ts";

export const GET = (request: NextRequest) => explaining(request, handlers.GET);
export const HEAD = (request: NextRequest) => answerAuthHead(request.nextUrl.pathname);
export const POST = (request: NextRequest) => explaining(request, handlers.POST);
