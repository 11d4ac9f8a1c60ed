import type { AccountId } from "#lib/legrand/accounts/account-id.ts";

/** A Legrand account, without its password. */
export type Account = {
  id: AccountId;
  email: string;
  givenName: string;
  familyName: string;
  country: string;
};

declare const proof: unique symbol;
/**
 * Proof that a request comes from a browser in which this account is signed in; made only by
 * `lib/legrand/portal/session.ts`.
 */
export type LegrandAccount = Account & { readonly [proof]: true };
