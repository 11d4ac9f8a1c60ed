import { notFound } from "next/navigation";
import { cache } from "react";

import type { LegrandAccount } from "#lib/legrand/accounts/legrand-account.ts";
import { isClientId } from "#lib/legrand/applications/client-id.ts";
import { findThirdParty } from "#lib/legrand/grants/list.store.ts";
import type { ThirdParty } from "#lib/legrand/grants/third-party.ts";

declare const proof: unique symbol;
/** Proof that the signed-in account gave this access. Only this module creates it. */
export type GrantOf = ThirdParty & { readonly [proof]: true };

/** Returns what the account allows this application, or null. An access of another person also gives null. */
export async function findGrantOf(account: LegrandAccount, clientId: string): Promise<GrantOf | null> {
  return isClientId(clientId) ? ((await findThirdParty(account, clientId)) as GrantOf | null) : null;
}

const findOnce = cache(findGrantOf);

/** Returns the access for a page. Answers 404 if the application has no access. */
export async function requireGrantOf(account: LegrandAccount, clientId: string): Promise<GrantOf> {
  return (await findOnce(account, clientId)) ?? notFound();
}
