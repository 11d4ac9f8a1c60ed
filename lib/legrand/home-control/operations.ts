import { answerErrors } from "#lib/legrand/home-control/answers.ts";
import { operations } from "#lib/legrand/smarther/operations.ts";

/**
 * Creates the handlers for a path of the Home + Control API. They work like those of the Smarther API, but
 * answer errors in this API's form.
 */
export const homeControlOperations = (offered: Parameters<typeof operations>[0]) =>
  operations(offered, answerErrors);
