/** A scope of the catalogue, with its texts for people. */
export type Scope = {
  /** Wire spelling, `comfort.read`. */
  name: string;
  /** What it lets the application do, as a short sentence without a subject: "See temperature and humidity". */
  label: string;
  /** Legrand's own label (developer portal, "Check the wanted scopes"), or null for a scope of this sandbox. */
  legrandLabel: string | null;
  /** What granting it means, in one plain clause. */
  consequence: string;
  family: "identity" | "home" | "audio-video" | "automation" | "comfort" | "light" | "lock" | "plug";
  access: "view" | "control";
};

/** Always granted, and cannot be unticked (Works with Legrand, Scopes). */
export const ALWAYS_GRANTED_SCOPE = "topology.read";

/**
 * Scopes that the consent page shows ticked and fixed if they are requested. Without `openid` the application
 * cannot recognise the person (OpenID Connect Core §3.1.2.1), so access without it is a trap: the person
 * allows it, and the application refuses it (decision 7).
 */
export const FIXED_SCOPES: readonly string[] = [ALWAYS_GRANTED_SCOPE, "openid"];

/**
 * Scopes that an application may request without having registered them (OpenID Connect Core §3.1.2.1, §11).
 */
export const UNREGISTERED_SCOPES: readonly string[] = ["openid", "offline_access"];

type Words = Pick<Scope, "label" | "legrandLabel" | "consequence">;

const view = (family: Scope["family"], name: string, words: Words): Scope => ({
  name,
  family,
  access: "view",
  ...words,
});
const control = (family: Scope["family"], name: string, words: Words): Scope => ({
  name,
  family,
  access: "control",
  ...words,
});

/** The whole catalogue in display order. `plug.*` and the identity scopes are this project's own. */
export const SCOPES: readonly Scope[] = [
  view("identity", "openid", {
    label: "Recognise you when you come back",
    legrandLabel: null,
    consequence: "An ID that contains neither your name nor your e-mail address",
  }),
  view("identity", "profile", {
    label: "See your name",
    legrandLabel: null,
    consequence: "Given name and surname",
  }),
  view("identity", "email", {
    label: "See your e-mail address",
    legrandLabel: null,
    consequence: "The address of your Legrand account",
  }),
  view("identity", "offline_access", {
    label: "Stay connected while you are away",
    legrandLabel: null,
    consequence: "It keeps working after you close it",
  }),
  view("home", ALWAYS_GRANTED_SCOPE, {
    label: "See your homes, rooms and devices",
    legrandLabel: "Get installation description (rooms, products list, …)",
    consequence: "Their names, and which devices are in which room",
  }),
  view("audio-video", "audiovideoterminal.read", {
    label: "See and hear your door entry",
    legrandLabel: "Access to audio and video data",
    consequence: "Sound and pictures of your door entry devices",
  }),
  control("audio-video", "audiovideoterminal.write", {
    label: "Answer calls and open your door",
    legrandLabel: "Control video door entry devices (answer to call, locks, ...)",
    consequence: "Even while you are away",
  }),
  view("automation", "automation.read", {
    label: "See the position of your shutters",
    legrandLabel: "Get the state of automations (shutters, louvres, …)",
    consequence: "Which shutters are open or closed",
  }),
  control("automation", "automation.write", {
    label: "Move your shutters",
    legrandLabel: "Control automations (shutters, louvres, …)",
    consequence: "Even while you are away",
  }),
  view("comfort", "comfort.read", {
    label: "See temperature and humidity",
    legrandLabel: "Get comfort data (temperature, hygrometry, …)",
    consequence: "What your thermostats measure, and what they are set to",
  }),
  control("comfort", "comfort.write", {
    label: "Change your heating",
    legrandLabel: "Change comfort parameters (temperature setpoint, …)",
    consequence: "Even while you are away",
  }),
  view("light", "light.read", {
    label: "See which lights are on",
    legrandLabel: "Get the state of lights",
    consequence: "In every room with Legrand lights",
  }),
  control("light", "light.write", {
    label: "Switch your lights",
    legrandLabel: "Control lights",
    consequence: "Even while you are away",
  }),
  view("lock", "lock.read", {
    label: "See whether your doors are locked",
    legrandLabel: "Get state of locks",
    consequence: "It cannot lock or unlock them",
  }),
  view("plug", "plug.read", {
    label: "See your plugs and what they use",
    legrandLabel: null,
    consequence: "Which plugs are on, and the power that they draw",
  }),
  control("plug", "plug.write", {
    label: "Switch your plugs",
    legrandLabel: null,
    consequence: "Even while you are away",
  }),
];

const BY_NAME = new Map(SCOPES.map((scope) => [scope.name, scope]));

/** Returns the scope with that wire name, or null if the catalogue has none. */
export function findScope(name: string): Scope | null {
  return BY_NAME.get(name) ?? null;
}

/**
 * Parses a `scope` parameter into a list without duplicates (RFC 6749 §3.3). Returns an empty list if it is
 * absent or blank.
 */
export function parseScope(value: string | undefined): string[] {
  return [...new Set((value ?? "").split(" ").filter(Boolean))];
}

/** Sorts scopes in the catalogue's order. Unknown scopes come last. */
export function orderScopes(names: readonly string[]): string[] {
  const known = SCOPES.map(({ name }) => name).filter((name) => names.includes(name));
  return [...known, ...names.filter((name) => !BY_NAME.has(name))];
}
