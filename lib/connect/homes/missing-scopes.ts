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
    consequence: "Set points cannot be changed here.",
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
 * What the user has allowed for the lights, plugs and shutters of a home. `missing` says what they have not
 * allowed, such as "switch your lights". `scopes` are those that can be requested here, and `allow` is the
 * label of the button that requests them.
 */
export type DevicePermissions = { settable: Family[]; missing: string[]; scopes: string[]; allow: string };

const FAMILY_WORDS: Record<Family, { name: string; both: string; buttons: Record<Wanted, string> }> = {
  light: {
    name: "lights",
    both: "see and switch your lights",
    buttons: {
      read: "Allow seeing the lights",
      write: "Allow switching the lights",
      both: "Allow seeing and switching the lights",
    },
  },
  plug: {
    name: "plugs",
    both: "see and switch your plugs",
    buttons: {
      read: "Allow seeing the plugs",
      write: "Allow switching the plugs",
      both: "Allow seeing and switching the plugs",
    },
  },
  automation: {
    name: "shutters",
    both: "see and move your shutters",
    buttons: {
      read: "Allow seeing the shutters",
      write: "Allow moving the shutters",
      both: "Allow seeing and moving the shutters",
    },
  },
};
type Wanted = "read" | "write" | "both";
const LIST = new Intl.ListFormat("en-GB");

/**
 * Returns what the user has allowed for the families of devices in this home. A scope that the user took back
 * at Legrand is not in `scopes`, because the account's state asks for it. If the token response named no
 * scopes, a scope counts as missing once the API has refused it.
 */
export function findDevicePermissions(
  account: Account,
  { devices }: Pick<Home, "devices">,
): DevicePermissions {
  const known = devices?.ok ? devices.value : [];
  const refused = known.flatMap(({ state }) =>
    state && !state.ok && state.problem.reason === "missing_scope" ? [state.problem.scope] : [],
  );
  return describePermissions(
    account,
    FAMILIES.filter((family) => known.some(({ kind }) => kind === family)),
    refused,
  );
}

/** Predicts the permissions of these families before the homes are read. */
export function expectDevicePermissions(account: Account, families: Family[]): DevicePermissions {
  return describePermissions(account, families, []);
}

function describePermissions(account: Account, families: Family[], refused: string[]): DevicePermissions {
  const isMissing = (scope: string) => !isGranted(account, scope) || refused.includes(scope);
  const isAskable = (scope: string) => !account.withdrawnScopes.includes(scope);
  const lacking = families
    .map((family) => ({ family, scopes: [`${family}.read`, `${family}.write`].filter(isMissing) }))
    .filter(({ scopes }) => scopes.length > 0);
  const askable = lacking
    .map(({ family, scopes }) => ({ family, scopes: scopes.filter(isAskable) }))
    .filter(({ scopes }) => scopes.length > 0);
  return {
    settable: families.filter((family) => !isMissing(`${family}.write`)),
    missing: lacking.map(({ family, scopes }) =>
      scopes.length > 1 ? FAMILY_WORDS[family].both : withSmallInitial(nameScope(scopes[0]!).label),
    ),
    scopes: askable.flatMap(({ scopes }) => scopes),
    allow: nameButton(askable),
  };
}

function nameButton(askable: { family: Family; scopes: string[] }[]): string {
  const [first] = askable;
  if (first && askable.length === 1)
    return FAMILY_WORDS[first.family].buttons[
      first.scopes.length > 1 ? "both" : first.scopes[0] === `${first.family}.read` ? "read" : "write"
    ];
  return `Allow ${LIST.format(askable.map(({ family }) => FAMILY_WORDS[family].name))}`;
}

const withSmallInitial = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);
