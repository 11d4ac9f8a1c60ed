import { FORM_STEPS, STEP_WORDS, type FormStep } from "#lib/legrand/drafts/draft-schema.ts";

/** The pages of the editor: what an application is registered with, and what is set afterwards. */
export const EDIT_STEPS = [...FORM_STEPS, "compatibility"] as const;
/** A page of the editor, as its address names it. */
export type EditStep = (typeof EDIT_STEPS)[number];

/** How the pages are called on screen. */
export const EDIT_WORDS: Record<EditStep, string> = { ...STEP_WORDS, compatibility: "Compatibility" };

/** A page of the editor by its name in the address, or null. */
export function parseEditStep(name: string): EditStep | null {
  return EDIT_STEPS.find((step) => step === name) ?? null;
}

/** True if a registration has the page too. */
export const isFormStep = (step: EditStep): step is FormStep => step !== "compatibility";
