import type { NextRequest } from "next/server";

import { handlers } from "#lib/connect/auth.ts";
import { explaining } from "#lib/connect/connection-problems/explain.ts";

export const GET = (request: NextRequest) => explaining(request, handlers.GET);
export const POST = (request: NextRequest) => explaining(request, handlers.POST);
