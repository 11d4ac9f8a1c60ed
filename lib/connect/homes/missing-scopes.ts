import { nameScope } from "#lib/connect/cloud/scopes.ts";
import type { Home, Outcome } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/is-granted.ts";

/** A missing scope that the homes need, in words, and the label of the button that requests it. */
export type MissingScope = { scope: string; label: string; consequence: string; allow: string };

const NEEDED: Record<string, { consequence: string; allow: string }> = {
  "topology.read": { consequence: "Your homes and rooms are not shown.", allow: "Allow seeing the rooms" },
  "comfort.read": {
    consequence: "The rooms are listed without their values.",
    allow: "Allow reading the temperature",
  },
  "comfort.write": {
    consequence: "Set points are shown, and cannot be changed here.",
    allow: "Allow changing the heating",
  },
};

const OF_ROOMS = ["comfort.read", "comfort.write"];

type Account = { grantedScopes: readonly string[]; withdrawnScopes: readonly string[] };

/**
 * Returns the scopes that the homes need and the user has not granted, in the order of the page. Scopes that
 * the user took back are left out, because the account's state reports them. Without a home, no scope is
 * missing. If the token response named no scopes, only those that the API refused are missing.
 */
export function findMissingScopes(
  { withdrawnScopes, ...account }: Account,
  homes: Outcome<Home[]>,
): MissingScope[] {
  return findNeededScopes(account, homes)
    .filter((scope) => !withdrawnScopes.includes(scope))
    .map(describe);
}

/** Predicts the missing scopes before the homes are read. `hasRooms` is what the previous read found. */
export function expectMissingScopes(account: Account, hasRooms: boolean): MissingScope[] {
  if (!hasRooms) return [];
  return OF_ROOMS.filter(
    (scope) => !isGranted(account, scope) && !account.withdrawnScopes.includes(scope),
  ).map(describe);
}

function findNeededScopes(account: Pick<Account, "grantedScopes">, homes: Outcome<Home[]>): string[] {
  if (!homes.ok) return homes.problem.reason === "missing_scope" ? [homes.problem.scope] : [];
  const outcomes: Outcome<unknown>[] = homes.value.flatMap(({ products }) =>
    products.ok ? products.value.flatMap(({ reading }) => reading ?? []) : [products],
  );
  const refused = outcomes.flatMap((one) =>
    !one.ok && one.problem.reason === "missing_scope" ? [one.problem.scope] : [],
  );
  const needed = outcomes.length > 0 ? OF_ROOMS.filter((scope) => !isGranted(account, scope)) : [];
  return [...new Set([...refused, ...needed])];
}

function describe(scope: string): MissingScope {
  const words = Object.hasOwn(NEEDED, scope) ? NEEDED[scope] : undefined;
  return {
    scope,
    label: nameScope(scope).label,
    ...(words ?? { consequence: "A part of your home is not shown.", allow: "Allow it" }),
  };
}
