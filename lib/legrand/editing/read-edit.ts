import { compatibilitySchema } from "#lib/legrand/applications/compatibility.ts";
import { readStep } from "#lib/legrand/editing/read-step.ts";
import type { TypedEdit } from "#lib/legrand/editing/check-edit.ts";
import { isFormStep, type EditStep } from "#lib/legrand/editing/edit-step-schema.ts";

/** The fields that one page of the editor sent, or an error for a form that no page of this project sends. */
export type ReadEdit = { ok: true; fields: TypedEdit } | { ok: false; sentence: string };

/**
 * Reads what the form of a page sent, valid or not. It refuses only what a browser cannot have sent from that
 * form.
 */
export function readEdit(step: EditStep, form: URLSearchParams): ReadEdit {
  if (isFormStep(step)) return readStep(step, form);
  const read = compatibilitySchema.safeParse({
    refreshPolicy: form.get("refresh_policy"),
    activationTime: form.get("activation_time"),
  });
  return read.success
    ? { ok: true, fields: read.data }
    : { ok: false, sentence: "One of these settings has an unknown value." };
}
