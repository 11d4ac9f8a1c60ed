import { answerProduct, answerSwitch } from "#lib/legrand/home-control/answer-product.ts";
import { homeControlOperations } from "#lib/legrand/home-control/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = homeControlOperations({
  GET: { scope: "plug.read", answer: answerProduct("plug") },
  POST: { scope: "plug.write", answer: answerSwitch("plug") },
});
