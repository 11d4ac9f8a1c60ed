import type { Account } from "#lib/legrand/accounts/store.ts";

declare const proof: unique symbol;
/** Proof that a request comes from a browser in which this account is signed in; made only by `lib/legrand/session.ts`. */
export type LegrandAccount = Account & { readonly [proof]: true };
