/**
 * Returns the process's one value of that name, and makes it at the first call.
 *
 * A `const` of a module is not enough. Next bundles the same module several times (pages, routes, the start),
 * and the server in front runs it unbundled, so each copy has module state of its own. All copies share
 * `globalThis`, and `Symbol.for` returns the same symbol to each of them (ECMAScript §20.4.2.2). A string key
 * could collide with a global of a library.
 *
 * Give each name one caller, because the type of the value comes from the caller. If a value can be replaced
 * or end, make an object that holds it.
 */
export function oncePerProcess<Value extends object>(name: string, make: () => Value): Value {
  const shared = globalThis as unknown as Record<symbol, Value | undefined>;
  return (shared[Symbol.for(`legrand-connect.${name}`)] ??= make());
}
