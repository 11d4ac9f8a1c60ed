import { answerEcho } from "#lib/legrand/smarther/answer-echo.ts";
import { operations } from "#lib/legrand/smarther/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = operations({
  POST: { scope: "topology.read", answer: answerEcho },
});
