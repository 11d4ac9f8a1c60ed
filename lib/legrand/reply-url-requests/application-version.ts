import { EDIT_STEPS } from "#lib/legrand/editing/edit-step-schema.ts";
import { versionOfStep, type Values } from "#lib/legrand/editing/edit-values.ts";
import { versionOf } from "#lib/legrand/editing/registered-version.ts";

/** Returns the version of everything that a developer can edit in an application. */
export function versionOfApplication(values: Values): string {
  return versionOf(Object.fromEntries(EDIT_STEPS.map((step) => [step, versionOfStep(step, values)])));
}
