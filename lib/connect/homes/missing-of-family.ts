import { nameScope } from "#lib/connect/cloud/scopes.ts";
import { FAMILIES, type Family } from "#lib/connect/homes/families-constants.ts";
import type { Home } from "#lib/connect/homes/home.ts";
import { isGranted } from "#lib/connect/homes/is-granted.ts";

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

type Account = { grantedScopes: readonly string[]; withdrawnScopes: readonly string[] };

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
