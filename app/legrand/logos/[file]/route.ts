import { answerLogo } from "#lib/legrand/logos/answer-logo.ts";
import { sandboxRoute } from "#lib/legrand/sandbox-route.ts";

export const GET = sandboxRoute(async (request, { params }: { params: Promise<{ file: string }> }) =>
  answerLogo((await params).file, request.headers.get("if-none-match")),
);
