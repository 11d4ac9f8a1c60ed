import { isUuid } from "#lib/is-uuid.ts";

declare const brand: unique symbol;

/**
 * The `client_id` of an application. Rows of a store have it, and so does a proof. An `AccountId` in its place
 * does not compile.
 */
export type ClientId = string & { readonly [brand]: "ClientId" };

/** True for a value in the form of a `client_id`: a GUID in lower case, as the portal writes it. */
export function isClientId(value: unknown): value is ClientId {
  return isUuid(value);
}
