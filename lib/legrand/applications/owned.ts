import { notFound } from "next/navigation";
import { cache } from "react";

import { findOwnedApplication, type RegisteredApplication } from "#lib/legrand/applications/store.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

declare const proof: unique symbol;
/** Proof that the signed-in account registered this application. Only this module creates it. */
export type OwnedApplication = RegisteredApplication & { readonly [proof]: true };

/**
 * Returns the application with this `client_id` if this account registered it, otherwise null. An application
 * of another account also gives null.
 */
export async function findOwned(account: LegrandAccount, clientId: string): Promise<OwnedApplication | null> {
  return (await findOwnedApplication(account, clientId)) as OwnedApplication | null;
}

const findOnce = cache(findOwned);

/** Returns an application that this account registered, for a page. Answers 404 if the account has no such application. */
export async function requireOwned(account: LegrandAccount, clientId: string): Promise<OwnedApplication> {
  return (await findOnce(account, clientId)) ?? notFound();
}
