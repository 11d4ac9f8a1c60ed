import { isUuid } from "#lib/is-uuid.ts";

declare const brand: unique symbol;

/**
 * The id of a Legrand account. Rows of a store have it, and so does a proof. A `ClientId` in its place does not
 * compile.
 */
export type AccountId = string & { readonly [brand]: "AccountId" };

/** True for a value in the form of an account's id. Used for ids that the authorization library returns. */
export function isAccountId(value: unknown): value is AccountId {
  return isUuid(value);
}
