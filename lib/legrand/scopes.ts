/** A scope of the catalogue, with its texts for people. */
export type Scope = {
  /** Wire spelling, `comfort.read`. */
  name: string;
  /** Legrand's own label, if known. */
  label: string;
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

const view = (family: Scope["family"], name: string, label: string, consequence: string): Scope => ({
  name,
  label,
  consequence,
  family,
  access: "view",
});
const control = (family: Scope["family"], name: string, label: string, consequence: string): Scope => ({
  name,
  label,
  consequence,
  family,
  access: "control",
});

/**
 * The whole catalogue in display order. Labels of the product scopes are Legrand's (developer portal, "Check
 * the wanted scopes"); those of `plug.*` and of the identity scopes are this project's, in the same style.
 */
export const SCOPES: readonly Scope[] = [
  view(
    "identity",
    "openid",
    "Recognise you when you come back",
    "An ID that contains neither your name nor your e-mail address",
  ),
  view("identity", "profile", "Know who you are: your name", "Given name and surname"),
  view("identity", "email", "Know who you are: your e-mail address", "The address of your Legrand account"),
  view(
    "identity",
    "offline_access",
    "Stay connected while you are away",
    "It keeps working after you close it",
  ),
  view(
    "home",
    ALWAYS_GRANTED_SCOPE,
    "Get installation description (rooms, products list, …)",
    "Your homes, their rooms and the devices in them",
  ),
  view(
    "audio-video",
    "audiovideoterminal.read",
    "Access to audio and video data",
    "Sound and pictures of your door entry devices",
  ),
  control(
    "audio-video",
    "audiovideoterminal.write",
    "Control video door entry devices (answer to call, locks, ...)",
    "Answer a call at your door, and open it",
  ),
  view(
    "automation",
    "automation.read",
    "Get the state of automations (shutters, louvres, …)",
    "Which shutters are open or closed",
  ),
  control(
    "automation",
    "automation.write",
    "Control automations (shutters, louvres, …)",
    "Open and close your shutters, even while you are away",
  ),
  view(
    "comfort",
    "comfort.read",
    "Get comfort data (temperature, hygrometry, …)",
    "Temperature and humidity that your thermostats measure",
  ),
  control(
    "comfort",
    "comfort.write",
    "Change comfort parameters (temperature setpoint, …)",
    "Change your heating, even while you are away",
  ),
  view("light", "light.read", "Get the state of lights", "Which lights are on or off"),
  control("light", "light.write", "Control lights", "Switch your lights, even while you are away"),
  view("lock", "lock.read", "Get state of locks", "Whether your doors are locked"),
  view("plug", "plug.read", "Get the state of plugs", "Which plugs are on or off, and what they use"),
  control("plug", "plug.write", "Control plugs", "Switch your plugs, even while you are away"),
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
