import type { Registration } from "#lib/legrand/drafts/check-draft.ts";
import type { FormStep } from "#lib/legrand/drafts/draft-schema.ts";
import { versionOf } from "#lib/legrand/registration/version.ts";

/** Everything of an application that its developer can edit. */
export type Values = Registration & { logoPath: string | null };

const KEYS = {
  description: ["type", "name", "description", "vendor", "url", "logoPath"],
  "reply-urls": ["replyUrls"],
  scopes: ["scopes"],
} as const satisfies Record<FormStep, (keyof Values)[]>;

type Shown = string | string[] | null;

/** One change as the history has it: a logo is named, not shown. */
export type Change = { field: string; from: Shown; to: Shown };

const HISTORY_NAMES: Partial<Record<keyof Values, string>> = { logoPath: "logo", replyUrls: "reply_urls" };
const same = (a: Shown, b: Shown) => JSON.stringify(a) === JSON.stringify(b);
const valueOf = (values: Values, key: keyof Values): Shown => (key === "scopes" ? values.scopes.toSorted() : values[key]);
const shown = (values: Values, key: keyof Values): Shown => (key === "logoPath" ? values.logoPath && "a logo" : valueOf(values, key));

/** The version of what one page of the editor shows: changed elsewhere meanwhile, it is another one. */
export function versionOfStep(step: FormStep, values: Values): string {
  return versionOf(Object.fromEntries(KEYS[step].map((key) => [key, valueOf(values, key)])));
}

/** What differs in one step between two states of an application; scopes have no order, reply URLs do. */
export function listChanges(step: FormStep, from: Values, to: Values): Change[] {
  return KEYS[step].filter((key) => !same(valueOf(from, key), valueOf(to, key)))
    .map((key) => ({ field: HISTORY_NAMES[key] ?? key, from: shown(from, key), to: shown(to, key) }));
}
