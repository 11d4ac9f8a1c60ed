import { answerTopology } from "#lib/legrand/smarther/answer-topology.ts";
import { operations } from "#lib/legrand/smarther/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = operations({
  GET: { scope: "topology.read", answer: answerTopology },
});
