import { z } from "zod";

import { KEY_NAMES, type KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** Which key of which subscription a page or a form is about. */
export type KeyReference = { id: string; name: KeyName };

const FORM = new RegExp(`^(${KEY_NAMES.join("|")})-([0-9a-f-]{36})$`);

/**
 * The reference in a value such as `primary-0f0a…`, as addresses carry it; never the key itself. Null for
 * anything else.
 */
export function parseKeyReference(value: string | null): KeyReference | null {
  const [, name, id] = FORM.exec(value ?? "") ?? [];
  return isSubscriptionId(id) ? { id, name: name as KeyName } : null;
}

/** The reference as addresses carry it. */
export function formatKeyReference({ id, name }: KeyReference): string {
  return `${name}-${id}`;
}

/** Whether that has the form of a subscription's identifier. */
export function isSubscriptionId(value: string | undefined): value is string {
  return z.uuid().safeParse(value).success;
}
