/**
 * Sort rank of a response parameter: `iss` comes before `code`, and `state` is last. Existing programs parse
 * the URL with `code=(.*)&` and `state=(.*)$` (LEGRAND, More facts of the wire).
 */
const placeOf = (name: string): number => (name === "iss" ? 0 : name === "state" ? 2 : 1);

/**
 * Returns the URL of an authorization response with `iss` first and `state` last, for success and error
 * alike. `location` is the URL as the library built it. The parameters that the library added are sorted; the
 * registered URL stays as it is, byte for byte.
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
