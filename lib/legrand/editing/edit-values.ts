import { refreshPolicyOf, type Compatibility } from "#lib/legrand/applications/compatibility.ts";
import {
  ACTIVATION_TIME_WORDS,
  REFRESH_POLICY_WORDS,
} from "#lib/legrand/applications/compatibility-constants.ts";
import type { Registration } from "#lib/legrand/editing/check-draft.ts";
import { describeTerms } from "#lib/legrand/applications/scope-terms-constants.ts";
import type { EditStep } from "#lib/legrand/editing/edit-step-schema.ts";
import { versionOf } from "#lib/legrand/editing/registered-version.ts";

/** All values of an application that its developer can edit. */
export type Values = Registration & Compatibility & { logoPath: string | null };

const KEYS = {
  description: ["type", "name", "description", "vendor", "url", "logoPath"],
  "reply-urls": ["replyUrls"],
  scopes: ["scopes", "scopeTerms"],
  compatibility: ["refreshPolicy", "activationTime"],
} as const satisfies Record<EditStep, (keyof Values)[]>;

type Shown = string | string[] | null;

/** One change for the history. A logo is mentioned, not shown. */
export type Change = { field: string; from: Shown; to: Shown };

const HISTORY_NAMES: Partial<Record<keyof Values, string>> = {
  logoPath: "logo",
  replyUrls: "reply_urls",
  refreshPolicy: "refresh_policy",
  activationTime: "activation_time",
  scopeTerms: "scope_terms",
};
const same = (a: Shown, b: Shown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Returns a value for comparison. The order of scopes does not count. If the developer chose no refresh
 * policy, the sandbox's policy is compared.
 */
function valueOf(values: Values, key: keyof Values): Shown {
  if (key === "scopes") return values.scopes.toSorted();
  if (key === "scopeTerms") return describeTerms(values.scopes, values.scopeTerms);
  return key === "refreshPolicy" ? refreshPolicyOf(values) : values[key];
}

/** Returns a value as it is shown to users. */
function shown(values: Values, key: keyof Values): Shown {
  if (key === "logoPath") return values.logoPath && "a logo";
  if (key === "refreshPolicy") return REFRESH_POLICY_WORDS[refreshPolicyOf(values)].name;
  return key === "activationTime" ? ACTIVATION_TIME_WORDS[values.activationTime].name : valueOf(values, key);
}

/**
 * Returns the version of the values on one page of the editor. It differs if the values were changed
 * elsewhere.
 */
export function versionOfStep(step: EditStep, values: Values): string {
  return versionOf(Object.fromEntries(KEYS[step].map((key) => [key, valueOf(values, key)])));
}

/**
 * Lists what differs in one step between two states of an application. The order of scopes does not count;
 * the order of reply URLs does.
 */
export function listChanges(step: EditStep, from: Values, to: Values): Change[] {
  return KEYS[step]
    .filter((key) => !same(valueOf(from, key), valueOf(to, key)))
    .map((key) => ({ field: HISTORY_NAMES[key] ?? key, from: shown(from, key), to: shown(to, key) }));
}
