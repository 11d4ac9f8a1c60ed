import type { Scope } from "#lib/legrand/scopes.ts";

/** One requested scope as the consent page shows it. */
export type ConsentScope = Scope & {
  /** Always granted: shown ticked, and cannot be unticked. */
  fixed: boolean;
  checked: boolean;
};
