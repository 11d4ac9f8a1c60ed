import { answerErrors } from "#lib/legrand/home-control/answers.ts";
import { operations } from "#lib/legrand/smarther/operations.ts";

/**
 * The handlers of an address of the Home + Control API: as those of the Smarther API, with refusals in this
 * API's form.
 */
export const homeControlOperations = (offered: Parameters<typeof operations>[0]) =>
  operations(offered, answerErrors);
