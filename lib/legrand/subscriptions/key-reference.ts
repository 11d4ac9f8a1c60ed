import { z } from "zod";

import { KEY_NAMES, type KeyName } from "#lib/legrand/subscriptions/subscription-constants.ts";

/** Identifies one key of one subscription, for a page or a form. */
export type KeyReference = { id: string; name: KeyName };

const FORM = new RegExp(`^(${KEY_NAMES.join("|")})-([0-9a-f-]{36})$`);

/**
 * Parses a reference such as `primary-0f0a…` from an address. It never contains the key itself. Returns null
 * for anything else.
 */
export function parseKeyReference(value: string | null): KeyReference | null {
  const [, name, id] = FORM.exec(value ?? "") ?? [];
  return isSubscriptionId(id) ? { id, name: name as KeyName } : null;
}

/** Formats the reference for an address. */
export function formatKeyReference({ id, name }: KeyReference): string {
  return `${name}-${id}`;
}

/** True if the value has the form of a subscription's identifier. */
export function isSubscriptionId(value: string | undefined): value is string {
  return z.uuid().safeParse(value).success;
}
