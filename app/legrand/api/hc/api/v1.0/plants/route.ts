import { answerHomeControlPlants } from "#lib/legrand/home-control/answer-plants.ts";
import { homeControlOperations } from "#lib/legrand/home-control/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = homeControlOperations({
  GET: { scope: "topology.read", answer: answerHomeControlPlants },
});
