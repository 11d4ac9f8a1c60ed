import { FORM_STEPS, STEP_WORDS, type FormStep } from "#lib/legrand/editing/draft-schema.ts";

/** The pages of the editor: the registration steps with fields, and the settings that come later. */
export const EDIT_STEPS = [...FORM_STEPS, "compatibility"] as const;
/** A page of the editor, as it appears in the URL. */
export type EditStep = (typeof EDIT_STEPS)[number];

/** The names of the pages on screen. */
export const EDIT_WORDS: Record<EditStep, string> = { ...STEP_WORDS, compatibility: "Compatibility" };

/** Returns the editor page with this name in the URL, or null. */
export function parseEditStep(name: string): EditStep | null {
  return EDIT_STEPS.find((step) => step === name) ?? null;
}

/** True if the page is also a step of a registration. */
export const isFormStep = (step: EditStep): step is FormStep => step !== "compatibility";
