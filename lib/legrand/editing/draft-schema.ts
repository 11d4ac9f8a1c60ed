import { z } from "zod";

import { SCOPE_LEVELS, type TermsByScope } from "#lib/legrand/applications/scope-terms-constants.ts";
import { ALWAYS_GRANTED_SCOPE } from "#lib/legrand/scopes.ts";

/** The steps of a registration, in the tutorial's order. Each has its own URL. */
export const STEPS = ["description", "reply-urls", "scopes", "review"] as const;
/** A step of a registration, as it appears in the URL. */
export type Step = (typeof STEPS)[number];

/** The steps that have fields: all except the last. */
export const FORM_STEPS = ["description", "reply-urls", "scopes"] as const;
/** A step that has fields. When a registered application is edited, each step is a page of its own. */
export type FormStep = (typeof FORM_STEPS)[number];

/** The names of the steps on screen. */
export const STEP_WORDS: Record<Step, string> = {
  description: "Description",
  "reply-urls": "Reply URLs",
  scopes: "Scopes",
  review: "Review",
};

/** What a user typed, unchanged and unchecked. */
export type DraftFields = {
  type: "web" | "mobile";
  name: string;
  description: string;
  vendor: string;
  url: string;
  replyUrls: string[];
  scopes: string[];
  /** Levels and reasons as typed, also of scopes that are not ticked. */
  scopeTerms: TermsByScope;
};

/** The fields of an empty form. */
export const EMPTY_FIELDS: DraftFields = {
  type: "web",
  name: "",
  description: "",
  vendor: "",
  url: "",
  replyUrls: [""],
  scopes: [ALWAYS_GRANTED_SCOPE],
  scopeTerms: {},
};

const fieldsSchema = z
  .object({
    type: z.enum(["web", "mobile"]),
    name: z.string(),
    description: z.string(),
    vendor: z.string(),
    url: z.string(),
    replyUrls: z.array(z.string()),
    scopes: z.array(z.string()),
    scopeTerms: z.record(z.string(), z.object({ level: z.enum(SCOPE_LEVELS), reason: z.string() })),
  })
  .partial();

/**
 * Returns the fields of a stored draft; fields that were not typed yet are empty. Throws if the stored value
 * is malformed.
 */
export function parseDraftFields(stored: unknown): DraftFields {
  return { ...EMPTY_FIELDS, ...fieldsSchema.parse(stored) };
}

const FIELD_OF_STEP = {
  description: "name",
  "reply-urls": "replyUrls",
  scopes: "scopes",
} as const satisfies Record<FormStep, keyof DraftFields>;

/** Returns the steps of which a stored draft has a value. */
export function findTypedSteps(stored: unknown): FormStep[] {
  const fields = fieldsSchema.parse(stored);
  return FORM_STEPS.filter((step) => fields[FIELD_OF_STEP[step]] !== undefined);
}

/** Returns the registration step with this name in the URL, or null. */
export function parseStep(name: string): Step | null {
  return STEPS.find((step) => step === name) ?? null;
}

/** Returns the step with fields that has this name in the URL, or null. */
export function parseFormStep(name: string): FormStep | null {
  return FORM_STEPS.find((step) => step === name) ?? null;
}
