import { answerPlants } from "#lib/legrand/smarther/answer-plants.ts";
import { operations } from "#lib/legrand/smarther/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = operations({
  GET: { scope: "topology.read", answer: answerPlants },
});
