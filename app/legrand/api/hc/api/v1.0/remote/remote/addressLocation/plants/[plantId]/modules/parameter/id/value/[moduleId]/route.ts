import { answerProduct } from "#lib/legrand/home-control/answer-product.ts";
import { homeControlOperations } from "#lib/legrand/home-control/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = homeControlOperations({
  GET: { scope: "topology.read", answer: answerProduct("remote") },
});
