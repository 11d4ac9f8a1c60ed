import { refreshPolicyOf, type Compatibility } from "#lib/legrand/applications/compatibility.ts";
import {
  ACTIVATION_TIME_WORDS,
  REFRESH_POLICY_WORDS,
} from "#lib/legrand/applications/compatibility-constants.ts";
import type { Registration } from "#lib/legrand/drafts/check-draft.ts";
import type { EditStep } from "#lib/legrand/edits/edit-step-schema.ts";
import { versionOf } from "#lib/legrand/registration/version.ts";

/** Everything of an application that its developer can edit. */
export type Values = Registration & Compatibility & { logoPath: string | null };

const KEYS = {
  description: ["type", "name", "description", "vendor", "url", "logoPath"],
  "reply-urls": ["replyUrls"],
  scopes: ["scopes"],
  compatibility: ["refreshPolicy", "activationTime"],
} as const satisfies Record<EditStep, (keyof Values)[]>;

type Shown = string | string[] | null;

/** One change as the history has it: a logo is named, not shown. */
export type Change = { field: string; from: Shown; to: Shown };

const HISTORY_NAMES: Partial<Record<keyof Values, string>> = {
  logoPath: "logo",
  replyUrls: "reply_urls",
  refreshPolicy: "refresh_policy",
  activationTime: "activation_time",
};
const same = (a: Shown, b: Shown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * A value as it is compared: scopes have no order, and the sandbox's policy counts where the developer chose
 * none.
 */
function valueOf(values: Values, key: keyof Values): Shown {
  if (key === "scopes") return values.scopes.toSorted();
  return key === "refreshPolicy" ? refreshPolicyOf(values) : values[key];
}

/** A value as people read it. */
function shown(values: Values, key: keyof Values): Shown {
  if (key === "logoPath") return values.logoPath && "a logo";
  if (key === "refreshPolicy") return REFRESH_POLICY_WORDS[refreshPolicyOf(values)].name;
  return key === "activationTime" ? ACTIVATION_TIME_WORDS[values.activationTime].name : valueOf(values, key);
}

/** The version of what one page of the editor shows: changed elsewhere meanwhile, it is another one. */
export function versionOfStep(step: EditStep, values: Values): string {
  return versionOf(Object.fromEntries(KEYS[step].map((key) => [key, valueOf(values, key)])));
}

/** What differs in one step between two states of an application; scopes have no order, reply URLs do. */
export function listChanges(step: EditStep, from: Values, to: Values): Change[] {
  return KEYS[step]
    .filter((key) => !same(valueOf(from, key), valueOf(to, key)))
    .map((key) => ({ field: HISTORY_NAMES[key] ?? key, from: shown(from, key), to: shown(to, key) }));
}
