import type { KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** The label of each key, and the name of the key that stays when this one is replaced. */
export const KEY_WORDS: Record<KeyName, { label: string; other: string }> = {
  primary: { label: "Primary key", other: "secondary" },
  secondary: { label: "Secondary key", other: "primary" },
};
