import { notFound } from "next/navigation";
import { cache } from "react";

import { findOwnedApplication, type RegisteredApplication } from "#lib/legrand/applications/store.ts";
import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";

declare const proof: unique symbol;
/** Proof that the signed-in account registered this application; made only here. */
export type OwnedApplication = RegisteredApplication & { readonly [proof]: true };

/**
 * The application of that `client_id` when it is this account's, or null: somebody else's is as one that does
 * not exist.
 */
export async function findOwned(account: LegrandAccount, clientId: string): Promise<OwnedApplication | null> {
  return (await findOwnedApplication(account, clientId)) as OwnedApplication | null;
}

const findOnce = cache(findOwned);

/** The same for a page, which answers 404 where there is none. */
export async function requireOwned(account: LegrandAccount, clientId: string): Promise<OwnedApplication> {
  return (await findOnce(account, clientId)) ?? notFound();
}
