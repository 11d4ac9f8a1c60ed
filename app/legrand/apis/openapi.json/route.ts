import { env } from "#lib/env.ts";
import { answerDocument } from "#lib/legrand/openapi/answer-document.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

export const GET = sandboxRoute(async (request) =>
  answerDocument(env().sandbox!.issuer, request.headers.get("if-none-match")),
);
