import { env } from "#lib/env.ts";

const IDENTITY = ["openid", "profile", "email"];
/** What the sandbox's Connect asks for at first. */
const FIRST = ["topology.read", "comfort.read", "comfort.write"];

/** A scope in the words of Connect's own pages. */
export type NamedScope = { name: string; label: string };

// Connect is a client like any other: it has its own words for the scopes it uses, and does not read the
// sandbox's.
const LABELS: Record<string, string> = {
  openid: "Recognise you when you come back",
  profile: "Your name",
  email: "Your e-mail address",
  offline_access: "Stay connected while you are away",
  "topology.read": "Rooms and installed products",
  "audiovideoterminal.read": "Sound and pictures of door entry devices",
  "audiovideoterminal.write": "Control door entry devices",
  "automation.read": "State of shutters and louvres",
  "automation.write": "Control shutters and louvres",
  "comfort.read": "Temperature and humidity",
  "comfort.write": "Change the heating",
  "light.read": "State of lights",
  "light.write": "Control lights",
  "lock.read": "State of locks",
  "plug.read": "State of plugs",
  "plug.write": "Control plugs",
};

/** Scopes that Connect is registered for at the sandbox and can ask for later. */
export const MORE_SCOPES: readonly string[] = [
  "light.read",
  "light.write",
  "automation.read",
  "automation.write",
  "plug.read",
  "plug.write",
  "lock.read",
];

/** Whether Connect has heard of that scope: by a label of its own, or by its environment. */
export function isKnownScope(name: string): boolean {
  return Object.hasOwn(LABELS, name) || (env().legrand.scopes?.includes(name) ?? false);
}

/** Every scope that Connect has heard of, in the order of all its lists. */
export function listKnownScopes(): NamedScope[] {
  return orderScopes([...new Set([...Object.keys(LABELS), ...(env().legrand.scopes ?? [])])]).map(nameScope);
}

/** The label of a scope; an unknown one is its own label. */
export function nameScope(name: string): NamedScope {
  // A cloud's word: "constructor" is one too.
  return { name, label: Object.hasOwn(LABELS, name) ? LABELS[name]! : name };
}

/** The same scopes in the order in which all lists of Connect have them; unknown ones come last. */
export function orderScopes(scopes: readonly string[]): string[] {
  const order = [...new Set([...IDENTITY, ...FIRST, ...MORE_SCOPES, ...Object.keys(LABELS)])];
  const placeOf = (scope: string) => (order.includes(scope) ? order.indexOf(scope) : order.length);
  return [...scopes].sort((a, b) => placeOf(a) - placeOf(b));
}

/** What **Connect Legrand** asks for, or undefined where the registration decides (the real cloud). */
export function firstScopes(isOpenId: boolean): string[] | undefined {
  return isOpenId ? withOpenId(env().legrand.scopes ?? [...IDENTITY, ...FIRST]) : env().legrand.scopes;
}

/** Returns the scopes without those of OpenID Connect, which identify the person. */
export function withoutIdentity(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !IDENTITY.includes(scope));
}

/** Everything that Connect may ask for, or undefined where the registration decides. */
export function allScopes(isOpenId: boolean): string[] | undefined {
  return isOpenId
    ? withOpenId(env().legrand.scopes ?? [...IDENTITY, ...FIRST, ...MORE_SCOPES])
    : env().legrand.scopes;
}

/**
 * The scopes of a request to an OpenID provider: without `openid` the answer does not say who connected
 * (OpenID Connect Core §3.1.2.1).
 */
export function withOpenId(scopes: readonly string[]): string[] {
  return scopes.includes("openid") ? [...scopes] : ["openid", ...scopes];
}
