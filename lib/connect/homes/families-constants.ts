/** The kinds of product of the Home + Control API that can be read and set, each under scopes of its own. */
export const FAMILIES = ["light", "plug", "automation"] as const;

/** One of these kinds, in Legrand's word. */
export type Family = (typeof FAMILIES)[number];

/**
 * What a form of one of these products asks for, and what the API is sent for it (Legrand, Home + Control API
 * v1.0).
 */
export const ACTS = {
  on: { body: { status: "on" }, families: ["light", "plug"] },
  off: { body: { status: "off" }, families: ["light", "plug"] },
  open: { body: { level: 100 }, families: ["automation"] },
  close: { body: { level: 0 }, families: ["automation"] },
  stop: { body: { level: -1 }, families: ["automation"] },
} as const satisfies Record<string, { body: object; families: readonly Family[] }>;

/** One of these acts. */
export type Act = keyof typeof ACTS;
