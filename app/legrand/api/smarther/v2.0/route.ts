import { env } from "#lib/env.ts";
import { answerBase } from "#lib/legrand/openapi/answer-base.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

export const GET = sandboxRoute(async () => answerBase(env().sandbox!.issuer));
