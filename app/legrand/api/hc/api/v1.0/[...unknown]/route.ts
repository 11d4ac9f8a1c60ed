import { answerUnknown } from "#lib/legrand/home-control/answers.ts";
import { noOperations } from "#lib/legrand/smarther/operations.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = noOperations(answerUnknown);
