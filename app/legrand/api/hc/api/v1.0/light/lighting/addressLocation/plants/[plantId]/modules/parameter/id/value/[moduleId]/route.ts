import { answerProduct, answerSwitch } from "#lib/legrand/home-control/answer-product.ts";
import { homeControlOperations } from "#lib/legrand/home-control/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = homeControlOperations({
  GET: { scope: "light.read", answer: answerProduct("light") },
  POST: { scope: "light.write", answer: answerSwitch("light") },
});
