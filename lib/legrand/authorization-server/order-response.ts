/**
 * Programs of the field read `code=(.*)&` and `state=(.*)$`: `iss` comes before `code`, and `state` is last
 * (LEGRAND, More facts of the wire).
 */
const placeOf = (name: string): number => (name === "iss" ? 0 : name === "state" ? 2 : 1);

/**
 * Returns the address of an authorization response with `iss` first and `state` last, on success and on
 * error. `location` is the address as the library made it. What the library put behind the registered URL is
 * sorted; the registered URL stays as it is, byte for byte.
 */
export function orderResponse(location: string, registeredUrl: string): string {
  const { hash, searchParams } = new URL(location);
  const registered = new URL(registeredUrl).searchParams;
  // Errors of the implicit and hybrid flows travel in the fragment (OAuth 2.0 Multiple Response Types §2.1).
  const appended = [...(hash ? new URLSearchParams(hash.slice(1)) : searchParams)].filter(
    ([name]) => hash || !registered.has(name),
  );
  const ordered = appended.sort(([a], [b]) => placeOf(a) - placeOf(b));
  return `${registeredUrl}${hash ? "#" : separatorAfter(registeredUrl)}${new URLSearchParams(ordered)}`;
}

function separatorAfter(registeredUrl: string): string {
  if (!registeredUrl.includes("?")) return "?";
  return /[?&]$/.test(registeredUrl) ? "" : "&";
}
