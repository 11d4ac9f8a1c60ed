import { env } from "#lib/env.ts";

const IDENTITY = ["openid", "profile", "email"];
/** The API scopes that Connect asks the sandbox for at first. */
const FIRST = ["topology.read", "comfort.read", "comfort.write"];

/** A scope with its label on Connect's own pages. */
export type NamedScope = { name: string; label: string };

// Connect is a client like any other. It has its own labels for the scopes that it uses, and does not read
// the sandbox's.
const LABELS: Record<string, string> = {
  openid: "Recognise you when you come back",
  profile: "See your name",
  email: "See your e-mail address",
  offline_access: "Stay connected while you are away",
  "topology.read": "See your homes, rooms and devices",
  "audiovideoterminal.read": "See and hear your door entry",
  "audiovideoterminal.write": "Answer calls and open your door",
  "automation.read": "See the position of your shutters",
  "automation.write": "Move your shutters",
  "comfort.read": "See temperature and humidity",
  "comfort.write": "Change your heating",
  "light.read": "See which lights are on",
  "light.write": "Switch your lights",
  "lock.read": "See whether your doors are locked",
  "plug.read": "See your plugs and what they use",
  "plug.write": "Switch your plugs",
};

/** Scopes that Connect is registered for at the sandbox and can request later. */
export const MORE_SCOPES: readonly string[] = [
  "light.read",
  "light.write",
  "automation.read",
  "automation.write",
  "plug.read",
  "plug.write",
  "lock.read",
];

/** True if Connect knows this scope, by a label of its own or from its environment. */
export function isKnownScope(name: string): boolean {
  return Object.hasOwn(LABELS, name) || (env().legrand.scopes?.includes(name) ?? false);
}

/** Lists every scope that Connect knows, in the order of all its lists. */
export function listKnownScopes(): NamedScope[] {
  return orderKnownScopes([...new Set([...Object.keys(LABELS), ...(env().legrand.scopes ?? [])])]).map(
    nameScope,
  );
}

/** Returns a scope with its label. An unknown scope is its own label. */
export function nameScope(name: string): NamedScope {
  // The name comes from the cloud and could be "constructor", hence Object.hasOwn.
  return { name, label: Object.hasOwn(LABELS, name) ? LABELS[name]! : name };
}

/** Sorts scopes in the order that all lists of Connect use. Unknown ones come last. */
export function orderKnownScopes(scopes: readonly string[]): string[] {
  const order = [...new Set([...IDENTITY, ...FIRST, ...MORE_SCOPES, ...Object.keys(LABELS)])];
  const placeOf = (scope: string) => (order.includes(scope) ? order.indexOf(scope) : order.length);
  return [...scopes].sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * Returns the scopes that **Connect Legrand** asks for, or undefined if the registration decides (the real
 * cloud).
 */
export function firstScopes(isOpenId: boolean): string[] | undefined {
  return isOpenId ? withOpenId(env().legrand.scopes ?? [...IDENTITY, ...FIRST]) : env().legrand.scopes;
}

/** True for the scopes of OpenID Connect: who the person is, and that they stay connected. */
export function isIdentityScope(name: string): boolean {
  return IDENTITY.includes(name) || name === "offline_access";
}

/** Returns the scopes without those of OpenID Connect, which identify the person. */
export function withoutIdentity(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !IDENTITY.includes(scope));
}

/** Returns all scopes that Connect may ask for, or undefined if the registration decides. */
export function allScopes(isOpenId: boolean): string[] | undefined {
  return isOpenId
    ? withOpenId(env().legrand.scopes ?? [...IDENTITY, ...FIRST, ...MORE_SCOPES])
    : env().legrand.scopes;
}

/**
 * Adds `openid` to the scopes of a request to an OpenID provider. Without it, the answer does not say who
 * connected (OpenID Connect Core §3.1.2.1).
 */
export function withOpenId(scopes: readonly string[]): string[] {
  return scopes.includes("openid") ? [...scopes] : ["openid", ...scopes];
}
