/** The product types of the Home + Control API that can be read and set. Each type has its own scopes. */
export const FAMILIES = ["light", "plug", "automation"] as const;

/** One of these product types, by Legrand's name. */
export type Family = (typeof FAMILIES)[number];

/**
 * The actions of a form for these products, with the body that the API receives (Legrand, Home + Control API
 * v1.0).
 */
export const ACTS = {
  on: { body: { status: "on" }, families: ["light", "plug"] },
  off: { body: { status: "off" }, families: ["light", "plug"] },
  open: { body: { level: 100 }, families: ["automation"] },
  close: { body: { level: 0 }, families: ["automation"] },
  stop: { body: { level: -1 }, families: ["automation"] },
} as const satisfies Record<string, { body: object; families: readonly Family[] }>;

/** One of these actions. */
export type Act = keyof typeof ACTS;
