import { z } from "zod";

import { ALWAYS_GRANTED_SCOPE } from "#lib/legrand/scopes.ts";

/** The steps of a registration, in the tutorial's order; each can be linked to. */
export const STEPS = ["description", "reply-urls", "scopes", "review"] as const;
/** A step of a registration, as it stands in the address. */
export type Step = (typeof STEPS)[number];

/** The steps that have fields: all but the last. */
export const FORM_STEPS = ["description", "reply-urls", "scopes"] as const;
/** A step that has fields; each is a page of its own when a registered application is edited. */
export type FormStep = (typeof FORM_STEPS)[number];

/** How the steps are called on screen. */
export const STEP_WORDS: Record<Step, string> = {
  description: "Description",
  "reply-urls": "Reply URLs",
  scopes: "Scopes",
  review: "Review",
};

/** What somebody typed, exactly as typed, right or wrong. */
export type DraftFields = {
  type: "web" | "mobile";
  name: string;
  description: string;
  vendor: string;
  url: string;
  replyUrls: string[];
  scopes: string[];
};

/** The fields of a form nobody has typed into. */
export const EMPTY_FIELDS: DraftFields = {
  type: "web",
  name: "",
  description: "",
  vendor: "",
  url: "",
  replyUrls: [""],
  scopes: [ALWAYS_GRANTED_SCOPE],
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
  })
  .partial();

/**
 * The fields of a stored draft; what was not typed yet is empty. Throws where the row was not written by us.
 */
export function parseDraftFields(stored: unknown): DraftFields {
  return { ...EMPTY_FIELDS, ...fieldsSchema.parse(stored) };
}

const FIELD_OF_STEP = {
  description: "name",
  "reply-urls": "replyUrls",
  scopes: "scopes",
} as const satisfies Record<FormStep, keyof DraftFields>;

/** The steps of which a stored draft has something. */
export function findTypedSteps(stored: unknown): FormStep[] {
  const fields = fieldsSchema.parse(stored);
  return FORM_STEPS.filter((step) => fields[FIELD_OF_STEP[step]] !== undefined);
}

/** A step of a registration by its name in the address, or null. */
export function parseStep(name: string): Step | null {
  return STEPS.find((step) => step === name) ?? null;
}

/** A step with fields by its name in the address, or null. */
export function parseFormStep(name: string): FormStep | null {
  return FORM_STEPS.find((step) => step === name) ?? null;
}
