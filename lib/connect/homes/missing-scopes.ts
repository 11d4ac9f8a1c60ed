import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import type { Home, Readable } from "#lib/connect/homes/home.ts";

/**
 * True if the account has granted this scope, as far as Connect knows. If the token response named no scopes,
 * only the API knows, so every call is tried.
 */
export function isGranted({ grantedScopes }: { grantedScopes: readonly string[] }, scope: string): boolean {
  return grantedScopes.length === 0 || grantedScopes.includes(scope);
}

/** A missing scope that the homes need, in words, and the label of the button that requests it. */
export type MissingScope = { scope: string; label: string; consequence: string; allow: string };

const WORDS: Record<string, { consequence: string; allow: string }> = {
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

const ROOM_SCOPES = ["comfort.read", "comfort.write"];

type Account = { grantedScopes: readonly string[]; withdrawnScopes: readonly string[] };

/**
 * Returns the scopes that the homes need and the user has not granted, in the order of the page. Scopes that
 * the user took back are left out, because the account's state reports them. Without a home, no scope is
 * missing. If the token response named no scopes, only those that the API refused are missing.
 */
export function findMissingScopes(
  { withdrawnScopes, ...account }: Account,
  homes: Readable<Home[]>,
): MissingScope[] {
  return findNeededScopes(account, homes)
    .filter((scope) => !withdrawnScopes.includes(scope))
    .map(describeMissing);
}

/** Predicts the missing scopes before the homes are read. `hasRooms` is what the previous read found. */
export function expectMissingScopes(account: Account, hasRooms: boolean): MissingScope[] {
  if (!hasRooms) return [];
  return ROOM_SCOPES.filter(
    (scope) => !isGranted(account, scope) && !account.withdrawnScopes.includes(scope),
  ).map(describeMissing);
}

function findNeededScopes(account: Pick<Account, "grantedScopes">, homes: Readable<Home[]>): string[] {
  if (!homes.ok) return homes.problem.reason === "missing_scope" ? [homes.problem.scope] : [];
  const outcomes: Readable<unknown>[] = homes.value.flatMap(({ products }) =>
    products.ok ? products.value.flatMap(({ reading }) => reading ?? []) : [products],
  );
  const refused = outcomes.flatMap((one) =>
    !one.ok && one.problem.reason === "missing_scope" ? [one.problem.scope] : [],
  );
  const needed = outcomes.length > 0 ? ROOM_SCOPES.filter((scope) => !isGranted(account, scope)) : [];
  return [...new Set([...refused, ...needed])];
}

function describeMissing(scope: string): MissingScope {
  const words = Object.hasOwn(WORDS, scope) ? WORDS[scope] : undefined;
  return {
    scope,
    label: nameScope(scope).label,
    ...(words ?? { consequence: "A part of your home is not shown.", allow: "Allow it" }),
  };
}

/**
 * The permissions that the user has not given for their lights, plugs or shutters. `read` and `write` are the
 * labels of missing scopes, or null. `scopes` are those that can be requested here, and `allow` is the label
 * of the button that requests them.
 */
export type FamilyPermission = { read: string | null; write: string | null; scopes: string[]; allow: string };

const BUTTONS: Record<Family, { read: string; write: string; both: string }> = {
  light: {
    read: "Allow seeing the lights",
    write: "Allow switching the lights",
    both: "Allow seeing and switching the lights",
  },
  plug: {
    read: "Allow seeing the plugs",
    write: "Allow switching the plugs",
    both: "Allow seeing and switching the plugs",
  },
  automation: {
    read: "Allow seeing the shutters",
    write: "Allow moving the shutters",
    both: "Allow seeing and moving the shutters",
  },
};

/**
 * Returns the missing permissions of each family in this home. A scope that the user took back at Legrand is
 * not in `scopes`, because the account's state asks for it. If the token response named no scopes, a scope
 * counts as missing once the API has refused it.
 */
export function findMissingOfFamilies(account: Account, { devices }: Home): Record<Family, FamilyPermission> {
  const problems = devices?.ok
    ? devices.value.flatMap(({ state }) => (state && !state.ok ? [state.problem] : []))
    : [];
  const refused = problems.flatMap((problem) => (problem.reason === "missing_scope" ? [problem.scope] : []));
  const isMissing = (scope: string) => !isGranted(account, scope) || refused.includes(scope);
  return Object.fromEntries(
    FAMILIES.map((family) => {
      const [read, write] = [`${family}.read`, `${family}.write`].map((scope) =>
        isMissing(scope) ? scope : null,
      ) as [string | null, string | null];
      const scopes = [read, write].filter(
        (scope): scope is string => scope !== null && !account.withdrawnScopes.includes(scope),
      );
      const allow = BUTTONS[family][scopes.length > 1 ? "both" : scopes[0] === read ? "read" : "write"];
      return [
        family,
        { read: read && nameScope(read).label, write: write && nameScope(write).label, scopes, allow },
      ];
    }),
  ) as Record<Family, FamilyPermission>;
}
